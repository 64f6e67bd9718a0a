(** * Adding up: Theorems 1 and 2

    Section of the chapter: "The aggregate method". Rows are pushed one at a time; there are no
    other operations. *)

From Coq Require Import ZArith Lia.
Require Import Growth.
Open Scope Z_scope.
Coercion Z.of_nat : nat >-> Z.

(** An array with counters: rows copied, blocks made (including the first one), and the maximum
    number of slots that an old and a new block had together. *)
Record array := { rows : Z; capacity : Z; copied : Z; growths : Z; peak : Z }.

Definition empty := {| rows := 0; capacity := 0; copied := 0; growths := 0; peak := 0 |}.

Definition push (p q c0 : Z) (x : array) : array :=
  let (n, c, copies, blocks, most) := x in
  if n <? c then
    {| rows := n + 1; capacity := c; copied := copies; growths := blocks; peak := most |}
  else
    let larger := grown p q c0 c (n + 1) in
    {| rows := n + 1; capacity := larger; copied := copies + n;
       growths := blocks + 1; peak := Z.max most (c + larger) |}.

(** The array after [n] pushes. *)
Fixpoint pushed (p q c0 : Z) (n : nat) : array :=
  match n with O => empty | S n => push p q c0 (pushed p q c0 n) end.

(** The cost of the next push: one row written, and the rows copied. *)
Definition next_cost (p q c0 : Z) (n : nat) : Z :=
  1 + copied (pushed p q c0 (S n)) - copied (pushed p q c0 n).

(** Seventeen pushes with factor 2: 31 rows are copied; the 6 blocks have 1, 2, 4, 8, 16 and 32
    slots. *)
Example seventeen :
  pushed 2 1 1 17 = {| rows := 17; capacity := 32; copied := 31; growths := 6; peak := 48 |}.
Proof. reflexivity. Qed.

(** For proofs: replaces the fields of a literal array by their values. *)
Ltac fields := cbn [rows capacity copied growths peak] in *.

Section Aggregate.

Variables p q c0 : Z.
Hypothesis factor : 1 <= q < p.
Hypothesis first : 1 <= c0.

Notation after := (pushed p q c0).

(** The invariant, which holds after each push. The proofs below show that one push preserves it.
    [k] is the number of growths that copied. *)
Record holds (n k : Z) (x : array) : Prop := {
  all_rows : rows x = n;
  all_fit : n <= capacity x;
  counted : growths x = k + 1;
  first_block : n <= c0 -> capacity x = c0 /\ copied x = 0 /\ k = 0 /\ peak x = c0;
  (** "c₀ + … + cⱼ ≤ (a cⱼ − c₀)/(a − 1)", here for the blocks that have been copied. *)
  sum_of_blocks : (p - q) * copied x <= q * capacity x - q * c0;
  (** "aᵏ c₀ ≤ cₖ" *)
  powers : 0 <= k /\ p ^ k * c0 <= q ^ k * capacity x;
  (** The last growth was from at most [n - 1] slots, all of them full. *)
  since_growth : c0 < n ->
    (p - q) * copied x <= p * (n - 1) - q * c0 /\
    capacity x <= ceil (p * (n - 1)) q /\
    peak x <= ceil ((p + q) * (n - 1)) q /\
    1 <= k /\ p ^ (k - 1) * c0 <= q ^ (k - 1) * (n - 1)
}.

Lemma holds_after (n : nat) : 1 <= n -> exists k, holds n k (after n).
Proof.
  induction n as [| n IH]; [lia | intros _].
  destruct (Z.eqb_spec n 0) as [zero | more].
  - (* The first push makes the first block. *)
    replace n with O by lia. exists 0. cbn. unfold grown. cbn [Z.eqb Z.add]. rewrite Z.max_l by lia.
    constructor; fields; intros; repeat split; try lia.
  - destruct IH as [k [Rows Fit Blocks First Sum [Pos Pow] Last]]; [lia |].
    cbn [pushed]. destruct (after n) as [n' c copies blocks most].
    unfold push. fields. subst n' blocks.
    replace (Z.of_nat (S n)) with (n + 1) by lia.
    destruct (Z.ltb_spec n c) as [free | full].
    + (* A free slot. *)
      exists k. destruct (Z.leb_spec (n + 1) c0).
      { constructor; fields; try lia; intuition lia. }
      assert (c0 < n) as late by lia. destruct (Last late) as (L1 & L2 & L3 & L4 & L5).
      assert (ceil (p * (n - 1)) q <= ceil (p * (n + 1 - 1)) q) by (apply ceil_monotone; nia).
      assert (ceil ((p + q) * (n - 1)) q <= ceil ((p + q) * (n + 1 - 1)) q)
        by (apply ceil_monotone; nia).
      assert (0 < q ^ (k - 1)) by (apply Z.pow_pos_nonneg; lia).
      constructor; fields; lia.
    + (* A growth: all rows are copied. *)
      assert (c = n) by lia. subst c. exists (k + 1).
      pose proof (grown_for_one p q c0 factor n ltac:(lia)) as Grown.
      pose proof (grown_by_factor p q c0 factor first n (n + 1) ltac:(lia) ltac:(lia)) as Factor.
      pose proof (grown_fits p q c0 n (n + 1)).
      assert (c0 <= n) by nia.
      assert (0 < q ^ k) by (apply Z.pow_pos_nonneg; lia).
      assert (p ^ (k + 1) = p * p ^ k) by (apply Z.pow_succ_r; lia).
      assert (q ^ (k + 1) = q * q ^ k) by (apply Z.pow_succ_r; lia).
      assert (most <= ceil (p * n) q + n).
      { destruct (Z.eqb_spec n c0) as [e | e].
        - pose proof (grows_by_one p q factor n). lia.
        - destruct Last as (_ & _ & Most & _); [lia |].
          rewrite <- ceil_add by lia. eapply Z.le_trans; [exact Most |].
          apply ceil_monotone; nia. }
      assert (p ^ (k + 1) * c0 <= q ^ (k + 1) * grown p q c0 n (n + 1)).
      { pose proof (Z.mul_le_mono_nonneg_l _ _ p ltac:(lia) Pow).
        pose proof (Z.mul_le_mono_nonneg_l _ _ (q ^ k) ltac:(lia) Factor). lia. }
      constructor; fields; try lia.
      intros _. replace (n + 1 - 1) with (Z.of_nat n) by lia. replace (k + 1 - 1) with k by lia.
      replace ((p + q) * n) with (p * n + n * q) by ring. rewrite ceil_add by lia.
      repeat split; lia.
Qed.

(** ** Theorem 1

    "For n > c₀, (p − q) M(n) ≤ p (n − 1) − q c₀." *)
Theorem theorem_1 (n : nat) : c0 < n -> (p - q) * copied (after n) <= p * (n - 1) - q * c0.
Proof. intros. destruct (holds_after n) as [k Held]; [lia |]. now apply Held. Qed.

(** "So a push costs less than 1 + a/(a − 1) on average, whatever the number of pushes." All pushes
    together cost [n] for the rows written, and the copies. *)
Theorem average_push (n : nat) : 1 <= n -> (p - q) * (n + copied (after n)) < (2 * p - q) * n.
Proof.
  intros. destruct (holds_after n) as [k Held]; [lia |].
  destruct (Z.leb_spec n c0) as [few | many].
  - destruct (first_block _ _ _ Held few). nia.
  - destruct (since_growth _ _ _ Held many). nia.
Qed.

(** ** Theorem 2 *)

(** (1) "The block is enlarged at most 1 + ⌈logₐ(n/c₀)⌉ times, the first block included." That an
    integer [e] is at least the logarithm means [aᵉ >= n/c₀], and [⌈logₐ(n/c₀)⌉] is one such [e]. *)
Theorem theorem_2_growths (n : nat) (e : Z) :
  c0 < n -> 0 <= e -> q ^ e * n <= p ^ e * c0 -> growths (after n) <= 1 + e.
Proof.
  intros many ? enough. destruct (holds_after n) as [k Held]; [lia |].
  rewrite (counted _ _ _ Held). destruct (since_growth _ _ _ Held many) as (_ & _ & _ & K & Pow).
  destruct (Z.leb_spec k e) as [| more]; [lia | exfalso].
  (* Then k - 1 = e + d, and aᵉ⁺ᵈ c₀ ≤ n - 1 < n ≤ aᵉ c₀. *)
  replace (k - 1) with (e + (k - 1 - e)) in Pow by lia. rewrite !Z.pow_add_r in Pow by lia.
  assert (q ^ (k - 1 - e) <= p ^ (k - 1 - e)) by (apply Z.pow_le_mono_l; lia).
  assert (0 < q ^ (k - 1 - e)) by (apply Z.pow_pos_nonneg; lia).
  assert (0 < q ^ e) by (apply Z.pow_pos_nonneg; lia).
  assert (0 < p ^ e) by (apply Z.pow_pos_nonneg; lia).
  assert (q ^ e * (n - 1) < p ^ e * c0) by nia.
  generalize dependent (q ^ (k - 1 - e)). generalize dependent (p ^ (k - 1 - e)).
  generalize dependent (q ^ e). generalize dependent (p ^ e). intros P ? ? Q ? ? P' Q' ? ? ?.
  assert (P * P' * c0 >= P * c0 * Q') by nia. nia.
Qed.

(** (2) "At most ⌈(a − 1)(n − 1)⌉ − 1 slots are unused." *)
Theorem theorem_2_unused (n : nat) :
  c0 < n -> capacity (after n) - n <= ceil ((p - q) * (n - 1)) q - 1.
Proof.
  intros many. destruct (holds_after n) as [k Held]; [lia |].
  destruct (since_growth _ _ _ Held many) as (_ & Most & _).
  rewrite (rounding_up p q) in Most by lia. lia.
Qed.

(** (3) "The old and the new block together never had more than ⌈(1 + a)(n − 1)⌉ slots." *)
Theorem theorem_2_peak (n : nat) : c0 < n -> peak (after n) <= ceil ((p + q) * (n - 1)) q.
Proof. intros. destruct (holds_after n) as [k Held]; [lia |]. now apply Held. Qed.

(** (4) "No push costs more than n, and push n costs exactly n if it grows the array." *)
Theorem theorem_2_worst_push (n : nat) :
  next_cost p q c0 n <= S n /\
  (1 <= n -> growths (after (S n)) <> growths (after n) -> next_cost p q c0 n = S n).
Proof.
  unfold next_cost. cbn [pushed].
  assert (rows (after n) = n) as Rows.
  { destruct (Z.eqb_spec n 0); [replace n with O by lia; reflexivity |].
    destruct (holds_after n) as [k Held]; [lia |]. apply Held. }
  destruct (after n) as [n' c copies blocks most]. unfold push. fields. subst n'.
  destruct (n <? c); fields; lia.
Qed.

End Aggregate.

(** ** No bound can be improved

    "With an integer factor and c₀ = 1 every bound is met with equality right after each growth":
    here the bound on copies. The block is full before a growth, so [n - 1] is its capacity. *)
Theorem theorem_1_exact (p : Z) (n : nat) : 2 <= p -> 1 <= n ->
  (p - 1) * copied (pushed p 1 1 n) = capacity (pushed p 1 1 n) - 1.
Proof.
  intros. assert (rows (pushed p 1 1 n) = n /\ n <= capacity (pushed p 1 1 n) /\
    (p - 1) * copied (pushed p 1 1 n) = capacity (pushed p 1 1 n) - 1); [| tauto].
  induction n as [| n IH]; [lia |]. destruct (Z.eqb_spec n 0) as [zero | more].
  - replace n with O by lia. cbn. lia.
  - destruct IH as (Rows & Fit & Sum); [lia |]. cbn [pushed].
    destruct (pushed p 1 1 n) as [n' c copies blocks most]. unfold push. fields. subst n'.
    destruct (Z.ltb_spec n c); fields; [lia |].
    assert (c = n) by lia. subst c. rewrite grown_for_one by lia.
    pose proof (ceil_bounds (p * n) 1). nia.
Qed.

(** Coq prints the axioms that these theorems use: none. *)
Definition checked := (theorem_1, average_push, theorem_2_growths, theorem_2_unused, theorem_2_peak,
  theorem_2_worst_push, theorem_1_exact).
Print Assumptions checked.
