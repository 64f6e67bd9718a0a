(** * Storing: Theorems 4 and 5

    Section of the chapter: "The potential method". The array does not shrink; [Shrinking.v] has
    arrays that do. *)

From Coq Require Import ZArith Lia List.
Require Import Growth.
Import ListNotations.
Open Scope Z_scope.
Coercion Z.of_nat : nat >-> Z.

(** ** The method itself

    It holds for anything with a state and operations. Costs, prices and the potential may have any
    unit, but all of them the same one. *)
Section Method.

Variables State Op : Type.
Variable after : State -> Op -> State.
Variables cost price : State -> Op -> Z.
Variable potential : State -> Z.

Fixpoint after_all (x : State) (ops : list Op) : State :=
  match ops with [] => x | o :: rest => after_all (after x o) rest end.

(** The sum of the costs, or of the prices, of operations that follow each other. *)
Fixpoint total (of : State -> Op -> Z) (x : State) (ops : list Op) : Z :=
  match ops with [] => 0 | o :: rest => of x o + total of (after x o) rest end.

(** "The amortized cost of an operation is its actual cost plus the change of Φ." Its bound
    may assume an invariant [good], which operations preserve. *)
Definition amortized (x : State) (o : Op) : Z := cost x o + potential (after x o) - potential x.

Variable good : State -> Prop.
Hypothesis good_after : forall x o, good x -> good (after x o).
Hypothesis bound : forall x o, good x -> amortized x o <= price x o.

Lemma good_after_all (x : State) (ops : list Op) : good x -> good (after_all x ops).
Proof. revert x. induction ops; cbn; auto. Qed.

(** "The balance of a bank that charges it never falls below Φ." Each beginning of a sequence
    is itself a sequence, so the theorem holds at every moment. *)
Theorem the_method (x : State) (ops : list Op) : good x ->
  potential (after_all x ops) <= potential x + total price x ops - total cost x ops.
Proof.
  revert x. induction ops as [| o rest IH]; cbn; intros x g; [lia |].
  specialize (IH _ (good_after x o g)). pose proof (bound x o g) as B. unfold amortized in B. lia.
Qed.

Lemma total_ext (f f' : State -> Op -> Z) (x : State) (ops : list Op) :
  (forall x o, f x o = f' x o) -> total f x ops = total f' x ops.
Proof. intros same. revert x. induction ops; cbn; congruence. Qed.

End Method.

(** ** The array *)

Record array := { rows : Z; capacity : Z }.
Definition empty := {| rows := 0; capacity := 0 |}.

(** [Push m] appends [m] rows at once, [Reserve m] makes sure that [m] more rows fit, [Remove m] removes
    [m] rows, or all if there are fewer. *)
Inductive op := Push (m : nat) | Reserve (m : nat) | Remove (m : nat).

Section Potential.

Variables p q c0 : Z.
Hypothesis factor : 1 <= q < p.
Hypothesis first : 1 <= c0.

(** The capacity with slots for [m] more rows, and the rows that are copied to get it. *)
Definition capacity_for (x : array) (m : Z) : Z :=
  if rows x + m <=? capacity x then capacity x else grown p q c0 (capacity x) (rows x + m).
Definition copies_for (x : array) (m : Z) : Z :=
  if rows x + m <=? capacity x then 0 else rows x.

Definition after (x : array) (o : op) : array :=
  match o with
  | Push m => {| rows := rows x + m; capacity := capacity_for x m |}
  | Reserve m => {| rows := rows x; capacity := capacity_for x m |}
  | Remove m => {| rows := rows x - Z.min m (rows x); capacity := capacity x |}
  end.

Definition cost (x : array) (o : op) : Z :=
  match o with
  | Push m => m + copies_for x m
  | Reserve m => copies_for x m
  | Remove m => Z.min m (rows x)
  end.

(** "Φ = max(0, p n − q c)/(p − q)". The unit is 1/(p - q), here and for prices. *)
Definition potential (x : array) : Z := Z.max 0 (p * rows x - q * capacity x).

(** The price per row: (2 a - 1)/(a - 1) to push it, 1/(a - 1) to reserve it, 1 to remove it. *)
Definition price (o : op) : Z :=
  match o with
  | Push m => (2 * p - q) * m
  | Reserve m => q * m
  | Remove m => (p - q) * m
  end.

(** The invariant of arrays: the rows fit, and a block has at least [c0] slots. *)
Definition good (x : array) : Prop :=
  0 <= rows x <= capacity x /\ (capacity x = 0 \/ c0 <= capacity x).

Lemma good_empty : good empty.
Proof. unfold good, empty. cbn. lia. Qed.

(** All that the proofs need about growing. The last line is for [Shrinking.v].
    *)
Lemma capacity_for_spec (x : array) (m : Z) : good x -> 0 <= m ->
  (rows x + m <= capacity x /\ capacity_for x m = capacity x /\ copies_for x m = 0) \/
  (capacity x < rows x + m <= capacity_for x m /\ copies_for x m = rows x /\
   c0 <= capacity_for x m /\ p * capacity x <= q * capacity_for x m /\
   (capacity_for x m = c0 \/ q * capacity_for x m <= p * (rows x + m))).
Proof.
  intros [fit block] ?. unfold capacity_for, copies_for.
  destruct (Z.leb_spec (rows x + m) (capacity x)) as [fits | full]; [left; lia | right].
  pose proof (grown_fits p q c0 (capacity x) (rows x + m)).
  pose proof (grown_by_factor p q c0 factor first (capacity x) (rows x + m)).
  destruct block as [nothing | some].
  - unfold grown in *. rewrite nothing in *. cbn [Z.eqb] in *.
    repeat split; try lia. destruct (Z.max_spec c0 (rows x + m)); [right; nia | left; lia].
  - pose proof (grown_at_most p q c0 factor (capacity x) (rows x + m)). repeat split; lia.
Qed.

Lemma good_after (x : array) (o : op) : good x -> good (after x o).
Proof.
  intros g. destruct o as [m | m | m]; unfold good; cbn [after rows capacity];
    try (pose proof (capacity_for_spec x m g)); unfold good in g; lia.
Qed.

(** ** Theorem 5, and 4

    "Pushing m rows at once has an amortized cost of at most m (2 a − 1)/(a − 1). To reserve m rows
    by the same policy has an amortized cost of at most m/(a − 1)." *)
Theorem theorem_5 (x : array) (o : op) : good x ->
  (p - q) * cost x o + potential (after x o) - potential x <= price o.
Proof.
  intros g. destruct o as [m | m | m]; unfold potential; cbn [cost price after rows capacity];
    try pose proof (capacity_for_spec x m g ltac:(lia)) as C; unfold good in g.
  - destruct C as [(? & -> & ->) | (? & -> & ? & ? & _)]; nia.
  - destruct C as [(? & -> & ->) | (? & -> & ? & ? & _)]; nia.
  - nia.
Qed.

(** "The amortized cost of a push is at most (2 p − q)/(p − q)." *)
Theorem theorem_4 (x : array) : good x ->
  (p - q) * cost x (Push 1) + potential (after x (Push 1)) - potential x <= 2 * p - q.
Proof. intros g. pose proof (theorem_5 x (Push 1) g) as H. cbn [price] in H. lia. Qed.

(** "If the array is full, n = c and Φ = c: it has stored all that the growth needs." *)
Theorem full_block (x : array) : good x -> rows x = capacity x -> potential x = (p - q) * rows x.
Proof. unfold good, potential. intros. nia. Qed.

(** So these prices are sufficient: for every sequence of operations, from an array without a
    block, they add up to at least the costs, and the bank never has less than Φ. *)
Theorem prices_are_sufficient (ops : list op) :
  let balance :=
    total _ _ after (fun _ o => price o) empty ops -
    total _ _ after (fun x o => (p - q) * cost x o) empty ops in
  potential (after_all _ _ after empty ops) <= balance /\ 0 <= balance.
Proof.
  cbn. pose proof (the_method _ _ after (fun x o => (p - q) * cost x o) (fun _ o => price o)
    potential good good_after theorem_5 empty ops good_empty) as H.
  assert (potential empty = 0) by (unfold potential, empty; cbn; lia).
  assert (0 <= potential (after_all _ _ after empty ops)) by (unfold potential; lia). lia.
Qed.

End Potential.

(** Coq prints the axioms that these theorems use: none. *)
Definition checked := (the_method, theorem_4, theorem_5, full_block, prices_are_sufficient).
Print Assumptions checked.
