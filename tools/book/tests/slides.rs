#[test]
fn write() {
    for (name, text) in book::site::slides::files() {
        let p = std::path::Path::new("/tmp/sl/book").join(name);
        std::fs::create_dir_all(p.parent().unwrap()).unwrap();
        std::fs::write(p, text).unwrap();
    }
}
