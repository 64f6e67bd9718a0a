// Lists of OpenJDK, read by reflection.

import java.util.ArrayList;

public class Java {
    static void print(String name, ArrayList<Integer> list) throws Exception {
        var elements = ArrayList.class.getDeclaredField("elementData");
        elements.setAccessible(true);
        var seen = 0;
        System.out.print(name);
        for (int i = 0; i < 100000; i++) {
            list.add(i);
            var capacity = ((Object[]) elements.get(list)).length;
            if (capacity != seen) System.out.print(" " + capacity);
            seen = capacity;
        }
        System.out.println();
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("= Java " + System.getProperty("java.version"));
        print("java-arraylist", new ArrayList<>());
        print("java-arraylist-0", new ArrayList<>(0));
    }
}
