<?php
// Packed arrays of PHP. An array that grows when it is full reveals its capacity: the length before
// the memory in use changes.
function growths(int $pushes, SplFixedArray $grew): void
{
    $array = [];
    $before = memory_get_usage();
    for ($i = 0; $i < $pushes; $i++) {
        $array[] = 1;
        $now = memory_get_usage();
        $grew[$i] = $now !== $before;
        $before = $now;
    }
}

echo "= PHP ", PHP_VERSION, "\n";
$pushes = 100000;
$grew = new SplFixedArray($pushes);
// The first call allocates memory itself.
growths($pushes, $grew);
growths($pushes, $grew);
echo "php-array";
for ($i = 1; $i < $pushes; $i++) {
    if ($grew[$i]) {
        echo " ", $i;
    }
}
echo "\n";
