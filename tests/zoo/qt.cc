// Lists of Qt 6.
#include "capacities.h"

#include <QList>
#include <QtGlobal>

int main() {
    std::printf("= Qt %s\n", qVersion());
    print<QList<long>>("qt-qlist");
}
