# Arrays of Perl. The module `B` reads their capacity.
use B;

printf "= Perl %vd\n", $^V;
my (@array, @seen);
my $inside = B::svref_2object(\@array);
for (1 .. 100000) {
    push @array, 1;
    my $capacity = $inside->MAX + 1;
    push @seen, $capacity if !@seen || $seen[-1] != $capacity;
}
print "perl-array @seen\n";
