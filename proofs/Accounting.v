(** * Saving: Theorem 3

    Section of the chapter: "The accounting method". *)

From Coq Require Import ZArith Lia.
Require Import Growth Aggregate.
Open Scope Z_scope.

Section Accounting.

Variables p q c0 : Z.
Hypothesis factor : 1 <= q < p.
Hypothesis first : 1 <= c0.

(** The balance of a bank that charges each push (2 a - 1)/(a - 1) = (2 p - q)/(p - q) and pays the
    costs of the pushes, after [n] of them. Its unit is 1/(p - q) of the cost of a copy. *)
Definition bank (n : nat) : Z := (2 * p - q) * n - (p - q) * (n + copied (pushed p q c0 n)).

(** "If the price of a push is (2 a − 1)/(a − 1), the bank can pay for every growth." When the block
    is full, the balance is sufficient to copy each row. *)
Theorem theorem_3 (n : nat) :
  1 <= n -> capacity (pushed p q c0 n) = n -> (p - q) * n <= bank n.
Proof.
  intros some full. destruct (holds_after p q c0 factor first n some) as [k Held].
  pose proof (sum_of_blocks _ _ _ _ _ _ Held). unfold bank. rewrite full in *. nia.
Qed.

(** "The bank is never in debt." *)
Theorem theorem_3_no_debt (n : nat) : 0 <= bank n.
Proof.
  unfold bank. destruct (Z.eqb_spec n 0) as [zero | more].
  - replace n with O by lia. cbn. lia.
  - pose proof (average_push p q c0 factor first n). lia.
Qed.

(** The picture row by row. "The rows in it came from a block with a capacity of at most c/a", here
    [old]. "The new ones hold c (a − 1)/a · a/(a − 1) = c or more: the c copies that are due." Each
    of the [c - old] new rows holds [p] units, and a copy costs [p - q]. *)
Theorem new_rows_pay (old c : Z) : p * old <= q * c -> (p - q) * c <= p * (c - old).
Proof. lia. Qed.

(** ** The deamortized array

    Section of the chapter: "The worst single push". "Let every push also move ⌈1/(a − 1)⌉ of the
    old rows. The old block is empty no later than the new one is full": between two growths there
    are [c - old] pushes. *)
Theorem old_block_is_empty (old c : Z) :
  p * old <= q * c -> 0 <= old -> old <= (c - old) * ceil q (p - q).
Proof.
  intros grown ?. pose proof (ceil_bounds q (p - q) ltac:(lia)) as [moves _].
  assert (0 <= c - old) by nia.
  pose proof (Z.mul_le_mono_nonneg_l _ _ (c - old) ltac:(lia) moves).
  apply Z.mul_le_mono_pos_l with (p - q); lia.
Qed.

End Accounting.

(** Coq prints the axioms that these theorems use: none. *)
Definition checked := (theorem_3, theorem_3_no_debt, new_rows_pay, old_block_is_empty).
Print Assumptions checked.
