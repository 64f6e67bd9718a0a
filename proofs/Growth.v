(** * Growing: the next capacity is a product rounded up

    Sections of the chapter: "The model", "Why products are rounded up". *)

From Coq Require Import ZArith Lia.
Open Scope Z_scope.

(** [a / b] rounded up. The division of integers, [/], rounds down. *)
Definition ceil (a b : Z) : Z := (a + b - 1) / b.

(** The next capacity of an array with [c] slots that needs [needed]: [p c / q] rounded up, or the
    number needed, whichever is larger. An array without a block gets a first block of [c0] slots,
    or of the number needed. *)
Definition grown (p q c0 c needed : Z) : Z :=
  if c =? 0 then Z.max c0 needed else Z.max needed (ceil (p * c) q).

(** Rounding up adds less than 1, that is, at most [b - 1] parts of [b]. *)
Lemma ceil_bounds (a b : Z) : 0 < b -> a <= b * ceil a b <= a + b - 1.
Proof.
  intros. unfold ceil.
  pose proof (Z.div_mod (a + b - 1) b). pose proof (Z.mod_pos_bound (a + b - 1) b). lia.
Qed.

(** The result is the smallest integer [x] with [a <= b * x]. *)
Lemma ceil_smallest (a b x : Z) : 0 < b -> a <= b * x -> ceil a b <= x.
Proof. intros. pose proof (ceil_bounds a b). nia. Qed.

Lemma ceil_monotone (a a' b : Z) : 0 < b -> a <= a' -> ceil a b <= ceil a' b.
Proof. intros. apply ceil_smallest; [lia |]. pose proof (ceil_bounds a' b). lia. Qed.

(** An integer in the sum can be added after rounding. *)
Lemma ceil_add (a b x : Z) : 0 < b -> ceil (a + x * b) b = ceil a b + x.
Proof.
  intros. unfold ceil. replace (a + x * b + b - 1) with (a + b - 1 + x * b) by lia.
  apply Z.div_add. lia.
Qed.

Section Growth.

(** A factor [p/q] greater than 1, and a first block. *)
Variables p q c0 : Z.
Hypothesis factor : 1 <= q < p.
Hypothesis first : 1 <= c0.

(** "⌈p c/q⌉ = c + ⌈(p − q) c/q⌉" *)
Theorem rounding_up (c : Z) : ceil (p * c) q = c + ceil ((p - q) * c) q.
Proof. rewrite Z.add_comm, <- ceil_add by lia. f_equal. ring. Qed.

(** "≥ c + 1, so an array that grows does get larger, without a special case for small ones." *)
Theorem grows_by_one (c : Z) : 1 <= c -> c + 1 <= ceil (p * c) q.
Proof. intros. pose proof (ceil_bounds (p * c) q). nia. Qed.

(** The capacity grows at least by the factor: "the only fact used" by Theorem 1. *)
Theorem grown_by_factor (c needed : Z) :
  0 <= c -> 0 <= needed -> p * c <= q * grown p q c0 c needed.
Proof.
  intros. unfold grown. destruct (Z.eqb_spec c 0); [nia |].
  pose proof (ceil_bounds (p * c) q). nia.
Qed.

(** The new capacity is sufficient. *)
Theorem grown_fits (c needed : Z) : needed <= grown p q c0 c needed.
Proof. unfold grown. destruct (c =? 0); lia. Qed.

(** For one more row the new capacity is [p c / q] rounded up, which is less than [p c / q + 1]. *)
Theorem grown_for_one (c : Z) : 1 <= c -> grown p q c0 c (c + 1) = ceil (p * c) q.
Proof. intros. unfold grown. destruct (Z.eqb_spec c 0); pose proof (grows_by_one c); lia. Qed.

Theorem grown_for_one_at_most (c : Z) : 1 <= c -> q * grown p q c0 c (c + 1) < p * c + q.
Proof. intros. rewrite grown_for_one by lia. pose proof (ceil_bounds (p * c) q). lia. Qed.

(** Theorem 6, (1): "A growth to n′ ≥ c + 1 rows leads to a capacity c′ ≤ a n′." *)
Theorem grown_at_most (c needed : Z) : 1 <= c < needed -> q * grown p q c0 c needed <= p * needed.
Proof.
  intros. unfold grown. destruct (Z.eqb_spec c 0); [lia |].
  pose proof (ceil_bounds (p * c) q). nia.
Qed.

End Growth.

(** "Rounding down also stops small arrays from growing at all: ⌊3/2 · 1⌋ = 1, ⌊5/4 · 3⌋ = 3, ⌊9/8 ·
    7⌋ = 7." *)
Example rounding_down : 3 * 1 / 2 = 1 /\ 5 * 3 / 4 = 3 /\ 9 * 7 / 8 = 7.
Proof. repeat split. Qed.

(** Coq prints the axioms that these theorems use: none. *)
Definition checked := (rounding_up, grows_by_one, grown_by_factor, grown_fits, grown_for_one,
  grown_for_one_at_most, grown_at_most, rounding_down).
Print Assumptions checked.
