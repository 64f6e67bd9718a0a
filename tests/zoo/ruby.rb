# Arrays of Ruby. `memsize_of` counts the object, of 40 bytes with 3 slots, and the block.
require "objspace"

puts "= Ruby #{RUBY_VERSION}"
# The size of an object differs from Ruby 3.3 on.
if RUBY_ENGINE == "ruby" && RUBY_VERSION < "3.3"
  array = []
  seen = []
  100_000.times do
    array.push(1)
    capacity = [3, (ObjectSpace.memsize_of(array) - 40) / 8].max
    seen << capacity if seen.last != capacity
  end
  puts "ruby-array #{seen.join(' ')}"
end
