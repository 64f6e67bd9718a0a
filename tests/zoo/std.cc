// The vectors and strings of the C++ standard library that this is compiled with.
#include "capacities.h"

#include <string>
#include <vector>

int main() {
#if defined(__GLIBCXX__)
    std::printf("= libstdc++ %d\n", _GLIBCXX_RELEASE);
    print<std::vector<long>>("libstdcxx-vector");
    print<std::string>("libstdcxx-string");
#elif defined(_LIBCPP_VERSION)
    std::printf("= libc++ %d\n", _LIBCPP_VERSION);
    print<std::vector<long>>("libcxx-vector");
    print<std::string>("libcxx-string");
#endif
}
