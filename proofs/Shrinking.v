(** * Shrinking: Theorem 6

    Section of the chapter: "Shrinking", with the names used there, in integers:

    - a = p/q, b = b1/z and s = s1/s2;
    - g/h = s y, where y is the larger of a and b;
    - κ = k/d, where d = z (p - q) and k = max(0, p z - q b1);
    - ω = (1 + κ)/(1 - s y) = (d + k) h/(d (h - g));
    - ε = e/h.

    The unit of costs, prices and Φ is 1/(d (h - g)) of the cost of a copy. *)

From Coq Require Import Bool ZArith Lia List.
Require Import Growth Potential.
Import ListNotations.
Open Scope bool_scope.
Open Scope Z_scope.

(** For proofs: multiplies an inequality by a number that is not negative. *)
Ltac times x H := pose proof (Z.mul_le_mono_nonneg_l _ _ x ltac:(nia) H).

(** ** The array

    A policy has nine numbers. *)
Section Array.

Variables p q c0 b1 z s1 s2 g h : Z.

(** The number of rows at which the array shrinks, ⌊s c⌋, and the capacity that it then gets: "⌈b n⌉
    rows, but at least c₀". *)
Definition shrinks_at (c : Z) : Z := s1 * c / s2.
Definition kept (n : Z) : Z := Z.max c0 (ceil (b1 * n) z).

(** After a removal the array shrinks if few rows are left and if the new block is smaller. *)
Definition shrinks (n c : Z) : bool := (c0 <? c) && (n <=? shrinks_at c) && (kept n <? c).

(** The array after [m] rows have been removed, or all if there are fewer. *)
Definition removed (x : array) (m : Z) : Z := Z.min m (rows x).
Definition remove (x : array) (m : Z) : array :=
  let n := rows x - removed x m in
  {| rows := n;
     capacity := if (0 <? removed x m) && shrinks n (capacity x) then kept n else capacity x |}.
Definition cost_of_removing (x : array) (m : Z) : Z :=
  let n := rows x - removed x m in
  removed x m + (if (0 <? removed x m) && shrinks n (capacity x) then n else 0).

(** Growing is as in [Potential.v]. *)
Definition next (x : array) (o : op) : array :=
  match o with Remove m => remove x m | _ => after p q c0 x o end.
Definition actual_cost (x : array) (o : op) : Z :=
  match o with Remove m => cost_of_removing x m | _ => cost x o end.

(** ** Prices *)

Definition k : Z := Z.max 0 (p * z - q * b1).
Definition d : Z := z * (p - q).
Definition unit : Z := d * (h - g).

(** "ε = ⌊h s (1 − 1/z − (y − b))⌋/h, or 0 if that is negative." Here [h s y] is the integer [g]. *)
Definition e : Z := Z.max 0 (h * s1 * (z - 1 + b1) / (s2 * z) - g).

Definition price_of (o : op) : Z :=
  match o with
  | Push m => z * (h - g) * (2 * p - q) * m         (* (2 a - 1)/(a - 1) *)
  | Reserve m => (z * (h - g) * q + (d + k) * g) * m  (* 1/(a - 1) + ω s y *)
  | Remove m => (unit + (d + k) * (g + e)) * m      (* 1 + ω (s y + ε) *)
  end.

(** "Φ = max(0, (a n − c)/(a − 1), ω (⌊s c⌋ − s y n)), the last branch only while c >
    c₀." *)
Definition too_full (x : array) : Z := z * (h - g) * (p * rows x - q * capacity x).
Definition too_empty (x : array) : Z :=
  if c0 <? capacity x then (d + k) * (h * shrinks_at (capacity x) - g * rows x) else 0.
Definition phi (x : array) : Z := Z.max 0 (Z.max (too_full x) (too_empty x)).

(** ** The theorem *)

Hypothesis factor : 1 <= q < p.
Hypothesis first : 1 <= c0.
(** b ≥ 1 and s > 0. *)
Hypothesis keeps_rows : 1 <= z <= b1.
Hypothesis positive : 1 <= s1 /\ 1 <= s2.
(** g/h = s y: at least s a and at least s b. The smallest such number leads to the prices of the
    chapter. *)
Hypothesis grown_block : s1 * p * h <= g * s2 * q.
Hypothesis shrunk_block : s1 * b1 * h <= g * s2 * z.
(** "s y < 1" *)
Hypothesis gap : 0 <= g < h.

Lemma shrinks_at_bounds (c : Z) : s2 * shrinks_at c <= s1 * c < s2 * shrinks_at c + s2.
Proof.
  unfold shrinks_at. pose proof (Z.div_mod (s1 * c) s2).
  pose proof (Z.mod_pos_bound (s1 * c) s2). lia.
Qed.

(** (1) "So ⌊s c′⌋ ≤ s a n′ ≤ s y n′." *)
Lemma not_too_empty_after_growth (c n : Z) : 0 <= n -> q * c <= p * n -> h * shrinks_at c <= g * n.
Proof.
  intros ? growth. pose proof (shrinks_at_bounds c) as [floor _].
  times (h * q) floor.
  times (h * s1) growth.
  times n grown_block.
  apply Z.mul_le_mono_pos_l with (s2 * q); nia.
Qed.

(** (3) "⌊s ⌈b n⌉⌋ − s y n is at most ε." *)
Lemma not_too_empty_after_shrinking (n : Z) :
  0 <= n -> h * shrinks_at (ceil (b1 * n) z) - g * n <= e.
Proof.
  intros. pose proof (ceil_bounds (b1 * n) z ltac:(lia)) as [reached rounded].
  pose proof (shrinks_at_bounds (ceil (b1 * n) z)) as [floor _]. unfold e.
  destruct (Z.eqb_spec n 0) as [none | some].
  - (* No rows, no slots. *)
    assert (ceil (b1 * n) z = 0) as no_slots by nia. rewrite no_slots in *.
    assert (shrinks_at 0 <= 0) by nia. nia.
  - apply Z.le_trans with (2 := Z.le_max_r _ _).
    enough (h * shrinks_at (ceil (b1 * n) z) - g * (n - 1) <= h * s1 * (z - 1 + b1) / (s2 * z))
      by lia.
    apply Z.div_le_lower_bound; [nia |].
    times (h * z) floor.
    times (h * s1) rounded.
    times (n - 1) shrunk_block.
    lia.
Qed.

(** The new block has at least b slots for each row. *)
Lemma kept_reaches (n : Z) : b1 * n <= z * kept n.
Proof. unfold kept. pose proof (ceil_bounds (b1 * n) z ltac:(lia)). nia. Qed.

Lemma kept_fits (n : Z) : 0 <= n -> n <= kept n /\ c0 <= kept n.
Proof. intros. pose proof (kept_reaches n). split; [nia | unfold kept; lia]. Qed.

(** "The first branch is at most (a n − b n)/(a − 1) ≤ κ n." *)
Lemma not_too_full_after_shrinking (n : Z) : 0 <= n -> z * (p * n - q * kept n) <= k * n.
Proof.
  intros. pose proof (kept_reaches n) as reaches. times q reaches.
  assert ((p * z - q * b1) * n <= k * n) by (apply Z.mul_le_mono_nonneg_r; unfold k; lia). lia.
Qed.

Lemma good_next (x : array) (o : op) : good c0 x -> good c0 (next x o).
Proof.
  intros x_good. destruct o as [m | m | m]; try (apply good_after; assumption).
  unfold good, next, remove, removed in *. cbn [rows capacity].
  pose proof (kept_fits (rows x - Z.min m (rows x))). destruct (_ && _); lia.
Qed.

(** Two factors of many terms below: (1 + κ) d, and 1/(p - q) in the unit of Φ. *)
Lemma positive_factors : 0 < d + k /\ 0 < z * (h - g).
Proof. unfold d, k. nia. Qed.

(** The last branch of an array that has grown: not positive if the rows [needed] have been pushed,
    and at most ω s y for each row that has only been reserved. *)
Lemma too_empty_after_growth (c n needed : Z) : 0 <= n <= needed -> c = c0 \/ q * c <= p * needed ->
  too_empty {| rows := n; capacity := c |} <= (d + k) * (g * (needed - n)).
Proof.
  intros. destruct positive_factors. unfold too_empty. cbn [rows capacity].
  destruct (Z.ltb_spec c0 c); [| apply Z.mul_nonneg_nonneg; nia].
  pose proof (not_too_empty_after_growth c needed ltac:(lia) ltac:(lia)) as low.
  times (d + k) low. lia.
Qed.

(** ** The table of the proof

    Rows "push" and "reserve". *)
Lemma step_growing (x : array) (o : op) : good c0 x -> (forall m, o <> Remove m) ->
  unit * cost x o + phi (after p q c0 x o) - phi x <= price_of o.
Proof.
  intros x_good growing. destruct positive_factors as [W U]. unfold phi, unit, too_full.
  replace (d * (h - g)) with (z * (h - g) * (p - q)) by (unfold d; ring).
  destruct o as [m | m | m]; [| | now destruct (growing m)];
    cbn [cost price_of after rows capacity];
    pose proof (capacity_for_spec p q c0 factor first x m x_good ltac:(lia)) as C;
    unfold good in x_good; set (u := z * (h - g)) in *; set (w := d + k) in *.
  - (* Push. *)
    destruct C as [(? & -> & ->) | (? & -> & ? & by_factor & limit)].
    + (* It fits. *)
      assert (0 <= w * (g * m)) by (apply Z.mul_nonneg_nonneg; nia).
      assert (0 <= u * (p * m)) by (apply Z.mul_nonneg_nonneg; nia).
      unfold too_empty. cbn [rows capacity]. fold w. destruct (c0 <? capacity x); lia.
    + pose proof (too_empty_after_growth _ (rows x + m) (rows x + m) ltac:(lia) limit) as E.
      fold w in E. times u by_factor.
      assert (0 <= u * ((p - q) * (capacity x - rows x))) by (apply Z.mul_nonneg_nonneg; nia).
      assert (0 <= u * (p * m - q * (capacity x - rows x))) by (apply Z.mul_nonneg_nonneg; nia).
      lia.
  - (* Reserve. *)
    assert (0 <= w * (g * m)) by (apply Z.mul_nonneg_nonneg; nia).
    destruct C as [(? & -> & ->) | (? & -> & ? & by_factor & limit)].
    + assert (0 <= u * (q * m)) by (apply Z.mul_nonneg_nonneg; nia).
      unfold too_empty. cbn [rows capacity]. fold w. destruct (c0 <? capacity x); lia.
    + pose proof (too_empty_after_growth _ (rows x) (rows x + m) ltac:(lia) limit) as E.
      fold w in E. times u by_factor.
      assert (0 <= u * ((p - q) * (capacity x - rows x))) by (apply Z.mul_nonneg_nonneg; nia).
      assert (0 <= u * (q * (m - (capacity x - rows x)))) by (apply Z.mul_nonneg_nonneg; nia).
      assert (0 <= u * (p * (capacity x - rows x))) by (apply Z.mul_nonneg_nonneg; nia).
      lia.
Qed.

(** Rows "pop" and "pop m rows". *)
Lemma step_removing (x : array) (m : nat) : good c0 x ->
  unit * cost_of_removing x m + phi (remove x m) - phi x <= price_of (Remove m).
Proof.
  intros x_good. destruct positive_factors as [W U]. unfold phi, too_full, cost_of_removing, remove.
  cbn [price_of rows capacity]. unfold good in x_good.
  set (r := removed x m). set (n := rows x - r). set (c := capacity x) in *.
  assert (0 <= r <= m /\ 0 <= n) as [[r_some r_most] n_some] by (unfold n, r, removed; lia).
  set (u := z * (h - g)) in *. set (w := d + k) in *.
  assert (0 <= u * (p * r)) by (apply Z.mul_nonneg_nonneg; nia).
  assert (0 <= w * (g * r)) by (apply Z.mul_nonneg_nonneg; nia).
  assert (0 <= unit) by (unfold unit, d; nia).
  assert (0 <= e) as e_some by (unfold e; lia).
  (* The price of [r] rows covers their removal, the rise of the last branch, and rounding once. *)
  assert (unit * r + w * (g * r) + (if 0 <? r then w * e else 0) <= (unit + w * (g + e)) * m)
    as paid.
  { assert (0 <= unit + w * (g + e)) as P by nia. times (unit + w * (g + e)) r_most.
    assert (0 <= w * (e * r)) by (apply Z.mul_nonneg_nonneg; nia).
    destruct (Z.ltb_spec 0 r); [| lia].
    assert (0 <= w * (e * (r - 1))) by (apply Z.mul_nonneg_nonneg; nia). lia. }
  apply Z.le_trans with (2 := paid).
  unfold too_empty. cbn [rows capacity]. fold c w.
  assert (rows x = n + r) as -> by (unfold n; lia). clearbody r n.
  destruct (Z.ltb_spec 0 r) as [any | none]; cbn [andb].
  2: { (* Nothing is removed. *) replace r with 0 by lia. rewrite !Z.add_0_r. lia. }
  assert (0 <= w * e) by nia.
  destruct (shrinks n c) eqn:shrinking.
  2: { (* It keeps its block. *) destruct (c0 <? c); lia. }
  unfold shrinks in shrinking. rewrite !andb_true_iff, !Z.ltb_lt, Z.leb_le in shrinking.
  destruct shrinking as [[larger few] smaller]. rewrite (proj2 (Z.ltb_lt c0 c) larger).
  (* It shrinks. (2) The last branch before was at least (1 + κ) n - ω s y, for each row removed. *)
  times (w * h) few.
  (* (3) Afterwards the first branch is at most κ n, and the last at most ω ε. *)
  pose proof (not_too_full_after_shrinking n n_some) as full. times (h - g) full.
  assert (0 <= k) by (unfold k; lia).
  assert (0 <= k * n) by now apply Z.mul_nonneg_nonneg.
  assert (0 <= (h - g) * (k * n)) by (apply Z.mul_nonneg_nonneg; lia).
  assert ((if c0 <? kept n then w * (h * shrinks_at (kept n) - g * n) else 0) <= w * e).
  { destruct (Z.ltb_spec c0 (kept n)) as [not_first |]; [| lia].
    apply Z.mul_le_mono_nonneg_l; [lia |].
    assert (kept n = ceil (b1 * n) z) as -> by (unfold kept in *; lia).
    now apply not_too_empty_after_shrinking. }
  assert (unit * n + (h - g) * (k * n) = w * (h * n) - w * (g * n)) by (unfold unit, w; ring).
  assert (u * (p * n - q * kept n) <= (h - g) * (k * n)) by (unfold u; lia).
  lia.
Qed.

(** ** Theorem 6

    The amortized cost of each operation is at most its price. *)
Theorem theorem_6 (x : array) (o : op) : good c0 x ->
  unit * actual_cost x o + phi (next x o) - phi x <= price_of o.
Proof.
  intros x_good. destruct o as [m | m | m]; [now apply step_growing.. | now apply step_removing].
Qed.

(** "Then these prices bound the amortized costs, and are sufficient": for every sequence of
    operations, from an array without a block, they add up to at least the costs, and the bank never
    has less than Φ. *)
Theorem theorem_6_sufficient (ops : list op) :
  let balance :=
    total _ _ next (fun _ o => price_of o) empty ops -
    total _ _ next (fun x o => unit * actual_cost x o) empty ops in
  phi (after_all _ _ next empty ops) <= balance /\ 0 <= balance.
Proof.
  cbn. pose proof (the_method _ _ next (fun x o => unit * actual_cost x o) (fun _ o => price_of o)
    phi (good c0) good_next theorem_6 empty ops (good_empty c0)) as H.
  assert (phi empty = 0).
  { unfold phi, too_full, too_empty, empty. cbn [rows capacity]. destruct (Z.ltb_spec c0 0); lia. }
  assert (0 <= phi (after_all _ _ next empty ops)) by (unfold phi; lia). lia.
Qed.

(** "After a removal the capacity is at most n/s + 1 rows, or c₀ if that is larger." *)
Theorem theorem_6_capacity (x : array) (m : nat) : good c0 x -> 0 < removed x m ->
  let x' := remove x m in
  capacity x' <= c0 \/ s1 * capacity x' <= s2 * rows x' + s1.
Proof.
  intros x_good some. unfold remove. cbn [rows capacity].
  rewrite (proj2 (Z.ltb_lt _ _) some). cbn [andb].
  assert (0 <= rows x - removed x m) by (unfold good, removed in *; lia).
  set (n := rows x - removed x m) in *. set (c := capacity x) in *. clearbody n c.
  (* As s b < 1, what is kept is at most b n + 1 <= n/s + 1. *)
  assert (kept n <= c0 \/ s1 * kept n <= s2 * n + s1) as enough.
  { unfold kept. destruct (Z.max_spec c0 (ceil (b1 * n) z)) as [[_ ->] | [_ ->]]; [right | lia].
    pose proof (ceil_bounds (b1 * n) z ltac:(lia)) as [_ rounded]. times s1 rounded.
    assert (s1 * b1 <= s2 * z) by nia.
    assert (s1 * b1 * n <= s2 * z * n) by (apply Z.mul_le_mono_nonneg_r; lia).
    apply Z.mul_le_mono_pos_l with z; nia. }
  destruct (shrinks n c) eqn:shrinking; [exact enough |].
  unfold shrinks in shrinking. rewrite !andb_false_iff, !Z.ltb_ge, Z.leb_gt in shrinking.
  pose proof (shrinks_at_bounds c). destruct shrinking as [[? | ?] | ?]; [lia | right; nia | nia].
Qed.

(** "1 + ω (s y + ε), which is (1 + ε)/(1 − s b) if b ≥ a", here (h + e)/(h - g). *)
Theorem price_of_pop : p * z <= q * b1 -> (h - g) * price_of (Remove 1) = unit * (h + e).
Proof. intros. unfold price_of, unit. assert (k = 0) as -> by (unfold k; lia). ring. Qed.

End Array.

(** ** Policies

    "The natural choice is b = a and s = 1/a². Then s y = q/p, and ε = ⌊q (q − 1)/p⌋/p." So ε is
    zero if q (q - 1) < p. *)
Theorem natural_choice (p q : Z) : 1 <= q < p -> e p q (q * q) (p * p) q p = q * (q - 1) / p.
Proof.
  intros. unfold e.
  replace (p * (q * q) * (q - 1 + p)) with ((q * (q - 1) + q * p) * (p * q)) by ring.
  replace (p * p * q) with (p * (p * q)) by ring.
  rewrite Z.div_mul_cancel_r, Z.div_add by nia.
  assert (0 <= q * (q - 1) / p) by (apply Z.div_pos; nia). lia.
Qed.

(** The table of prices for this choice: a push, a pop. *)
Definition natural_prices (p q push pop : Z) : Prop :=
  let price o := price_of p q p q (q * q) (p * p) q p o in
  price (Push 1) = push * unit p q q q p /\ price (Remove 1) = pop * unit p q q q p.

Example prices_of_2 : natural_prices 2 1 3 2. Proof. split; reflexivity. Qed.
Example prices_of_3_2 : natural_prices 3 2 4 3. Proof. split; reflexivity. Qed.
Example prices_of_4_3 : natural_prices 4 3 5 5. Proof. split; reflexivity. Qed.
Example prices_of_5_4 : natural_prices 5 4 6 7. Proof. split; reflexivity. Qed.
Example prices_of_9_8 : natural_prices 9 8 10 15. Proof. split; reflexivity. Qed.

(** The textbook array: it doubles, and halves when a quarter is full. For every sequence of
    operations, the costs add up to at most 3 per push, and 2 per pop and per row reserved. *)
Definition textbook_price (o : op) : Z :=
  match o with Push m => 3 * m | Reserve m => 2 * m | Remove m => 2 * m end.

Theorem halve_at_a_quarter (ops : list op) :
  total _ _ (next 2 1 1 2 1 1 4) (actual_cost 1 2 1 1 4) empty ops <=
  total _ _ (next 2 1 1 2 1 1 4) (fun _ o => textbook_price o) empty ops.
Proof.
  pose proof (theorem_6_sufficient 2 1 1 2 1 1 4 1 2
    ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ops) as [_ H].
  rewrite (total_ext _ _ _ (fun _ o => price_of 2 1 2 1 1 4 1 2 o) (fun _ o => textbook_price o))
    in H by (now intros x [m | m | m]).
  rewrite (total_ext _ _ _ (fun x o => unit 2 1 1 1 2 * actual_cost 1 2 1 1 4 x o)
    (actual_cost 1 2 1 1 4)) in H by (intros; apply Z.mul_1_l).
  lia.
Qed.

(** "In general the term for rounding is needed." With 3/2 from 10, shrinking to 3/2 at 25/38, the
    price of a pop is 101. Without ε it would be 76, and after 181 pushes at 4 and 30 pops at 76 the
    bank is 19 short. *)
Example witness_price : price_of 3 2 3 2 25 38 75 76 (Remove 1) = 101 * unit 3 2 2 75 76.
Proof. reflexivity. Qed.

Example witness :
  let ops := repeat (Push 1) 181 ++ repeat (Remove 1) 30 in
  181 * 4 + 30 * 76 - total _ _ (next 3 2 10 3 2 25 38) (actual_cost 10 3 2 25 38) empty ops = -19.
Proof. reflexivity. Qed.

(** Coq prints the axioms that these theorems use: none. *)
Definition checked := (theorem_6, theorem_6_sufficient, theorem_6_capacity, price_of_pop,
  natural_choice, halve_at_a_quarter, witness_price, witness).
Print Assumptions checked.
