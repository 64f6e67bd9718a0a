// Small vectors of LLVM.
#include "capacities.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/Config/llvm-config.h>

int main() {
    std::printf("= LLVM %s\n", LLVM_VERSION_STRING);
    print<llvm::SmallVector<long, 6>>("llvm-smallvector");
}
