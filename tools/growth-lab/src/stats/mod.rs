//! Statistics of paired comparisons. Independent of what is compared.
//!
//! All contenders are measured once in each round. Two of them are compared by the differences of the logarithms of
//! their values, round by round, so that a machine that is slower in one round is slower for both. Nothing is
//! assumed about the distribution of these differences: the test is the sign test, and the interval of the median is
//! that of order statistics, both with exact binomial probabilities (W. J. Conover, Practical Nonparametric
//! Statistics, 3rd edition, sections 3.2 and 3.4). For many comparisons at once the levels of tests and intervals are
//! those of S. Holm (A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979);
//! that of equality is Bonferroni's.

pub mod binomial;
pub mod compare;
pub mod self_test;
