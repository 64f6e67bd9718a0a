//! Statistics of paired comparisons, independent of the subject.
//!
//! All contenders are measured once in each round. Two of them are compared by the differences of
//! the logarithms of their values within each round, so a slow round slows both. The distribution
//! of the differences is not assumed: the test is the sign test, and the interval of the median is
//! that of order statistics, both with exact binomial probabilities (W. J. Conover, Practical
//! Nonparametric Statistics, 3rd edition, sections 3.2 and 3.4). Levels for several comparisons are
//! those of S. Holm (A simple sequentially rejective multiple test procedure, Scandinavian Journal
//! of Statistics 6, 1979), for equality those of Bonferroni.

pub mod binomial;
pub mod compare;
pub mod self_test;
