# Vectors of R. `inspect` prints the true length, but it shares the vector, and a shared vector is
# copied at its next growth. So each length is reached with a new vector.
cat("= R ", as.character(getRversion()), "\n", sep = "")
seen <- 0
cat("r-vector")
for (n in 1:400) {
  x <- c()
  for (i in 1:n) x[[i]] <- i
  header <- capture.output(.Internal(inspect(x)))[1]
  truelength <- as.integer(sub(".* tl=([0-9]+)\\).*", "\\1", header))
  capacity <- max(n, truelength)
  if (capacity != seen) cat("", capacity)
  seen <- capacity
}
cat("\n")
