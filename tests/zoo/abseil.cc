// Inlined vectors of Abseil.
#include "capacities.h"

#include <absl/base/config.h>
#include <absl/container/inlined_vector.h>

int main() {
    std::printf("= Abseil %d\n", ABSL_LTS_RELEASE_VERSION);
    print<absl::InlinedVector<long, 4>>("abseil-inlinedvector");
}
