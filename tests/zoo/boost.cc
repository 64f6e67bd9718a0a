// Vectors of Boost.Container.
#include "capacities.h"

#include <boost/container/vector.hpp>
#include <boost/version.hpp>

int main() {
    std::printf("= Boost %d.%d\n", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000);
    print<boost::container::vector<long>>("boost-vector");
}
