// Slices of Go.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	fmt.Println("=", "Go", runtime.Version()[2:])
	fmt.Print("go-slice")
	var slice []int64
	seen := 0
	for i := 0; i < 100000; i++ {
		slice = append(slice, 1)
		if cap(slice) != seen {
			seen = cap(slice)
			fmt.Print(" ", seen)
		}
	}
	fmt.Println()
}
