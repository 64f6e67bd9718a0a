// Prints the capacities of a container that is filled one by one.
#include <cstddef>
#include <cstdio>

template <class Container>
void print(const char *name) {
    Container container;
    std::size_t seen = 0;
    std::printf("%s", name);
    for (int i = 0; i < 100000; i++) {
        container.push_back(1);
        if (std::size_t(container.capacity()) != seen) std::printf(" %zu", seen = container.capacity());
    }
    std::printf("\n");
}
