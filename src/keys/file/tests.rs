use super::*;
use crate::keys::HelpRow;

crate::actions! {
    /// A list of registers.
    Registers in "registers" {
        Chase "chase" "chase by phone" records;
        ChaseHow "chase-how" "chase, and say how";
        Down "down" "one down";
    }
}

crate::actions! {
    /// A text field.
    Field in typed "field" {
        Clear "clear" "empty the field";
    }
}

const OURS: &str = r#"
[registers]
chase = "c"
chase-how = "r"
down = ["j", "down"]

[field]
clear = "ctrl-u"
"#;

/// Both rooms' keys, and the faults as told.
fn read(theirs: &str) -> (Keymap<Registers>, Keymap<Field>, Vec<String>) {
    let mut file = KeymapFile::default();
    file.overlay("ours", OURS);
    file.overlay("theirs", theirs);
    let (registers, field) = (file.keymap(), file.keymap());
    (registers, field, file.faults().iter().map(Fault::to_string).collect())
}

fn faults(theirs: &str) -> Vec<String> {
    read(theirs).2
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

#[test]
fn a_key_means_what_the_file_says() {
    let (registers, field, faults) = read("");
    assert_eq!(faults, [""; 0]);
    assert_eq!(registers.get(key("c")), Some(Registers::Chase));
    assert_eq!(registers.get(key("down")), Some(Registers::Down));
    assert_eq!(registers.get(key("C")), None);
    assert_eq!(field.get(key("ctrl-u")), Some(Field::Clear));
}

#[test]
fn help_is_the_keymap_reversed() {
    let (registers, ..) = read("[registers]\nchase-how = []");
    assert_eq!(registers.keys(Registers::Down), ["j", "down"]);
    assert_eq!(registers.first_key(Registers::Down).as_deref(), Some("j"));
    assert_eq!(registers.first_key(Registers::ChaseHow), None);
    let row = |keys: &str, help| HelpRow { keys: keys.to_owned(), help };
    assert_eq!(registers.help(), [row("c", "chase by phone"), row("j, down", "one down")]);
}

#[test]
fn the_officers_file_replaces_action_by_action() {
    let (registers, field, faults) = read("[registers]\nchase = [\"x\", \"f5\"]\nchase-how = \"c\"");
    assert_eq!(faults, [""; 0]);
    assert_eq!(registers.keys(Registers::Chase), ["x", "f5"]);
    assert_eq!(registers.get(key("c")), Some(Registers::ChaseHow));
    assert_eq!(registers.get(key("r")), None);
    assert_eq!(registers.keys(Registers::Down), ["j", "down"]);
    assert_eq!(field.keys(Field::Clear), ["ctrl-u"]);
}

#[test]
fn every_fault_is_told_at_once_with_its_line_and_cure() {
    let shown = faults(
        r#"
[gate]
take = "x"

[registers]
chase = ["ctrl-i", "pagdown", 3]
phone = "p"
down = "r"

[field]
clear = true
"#,
    );
    assert_eq!(
        shown,
        [
            "theirs:2: gate: there is no such room; the rooms are field, registers",
            "theirs:6: registers.chase: no terminal sends \"ctrl-i\"; write \"tab\"",
            "theirs:6: registers.chase: \"pagdown\" is no key; keys are written \"x\", \"X\", \"?\", \"ctrl-x\", \
             \"shift-tab\", \"enter\", \"pagedown\"",
            "theirs:6: registers.chase: a key is written \"x\", several [\"x\", \"enter\"], none []",
            "theirs:7: registers.phone: there is no such action; registers has chase, chase-how, down",
            "theirs:8: registers.down: \"r\" is already chase-how (ours:4); give one of the two another key",
            "theirs:11: field.clear: a key is written \"x\", several [\"x\", \"enter\"], none []",
        ]
    );
}

#[test]
fn a_line_with_a_fault_leaves_the_keys_as_they_were() {
    let (registers, ..) = read("[registers]\nchase = [\"x\", \"nokey\"]");
    assert_eq!(registers.keys(Registers::Chase), ["c"]);
}

#[test]
fn a_clash_is_told_of_the_line_that_can_be_changed() {
    assert_eq!(
        faults("[registers]\nchase = \"j\""),
        ["theirs:2: registers.chase: \"j\" is already down (ours:5); give one of the two another key"]
    );
    assert_eq!(
        faults("[registers]\nchase = [\"x\", \"x\"]"),
        ["theirs:2: registers.chase: \"x\" stands there twice; take one out"]
    );
}

#[test]
fn what_records_lies_on_no_key_a_broken_arrow_looks_like() {
    for letter in ["[", "O", "A", "B", "C", "D", "F", "H", "I", "shift-a", "P", "S", "Z"] {
        let shown = faults(&format!("[registers]\nchase = \"{letter}\""));
        assert!(shown.len() == 1 && shown[0].contains("a broken arrow key"), "{letter}: {shown:?}");
        assert_eq!(faults(&format!("[registers]\nchase-how = \"{letter}\"")), [""; 0]);
    }
    assert_eq!(
        faults("[registers]\nchase = \"esc\""),
        ["theirs:2: registers.chase: chase writes to the record, and one gets away with \"esc\"; use a small letter"]
    );
}

#[test]
fn where_letters_are_text_none_is_an_action() {
    assert_eq!(
        faults("[field]\nclear = \"u\""),
        ["theirs:2: field.clear: \"u\" is text in field; use ctrl, alt or a named key"]
    );
    assert_eq!(faults("[field]\nclear = [\"alt-u\", \"f2\", \"delete\"]"), [""; 0]);
}

#[test]
fn a_text_that_is_no_toml_is_one_fault_with_line_and_column() {
    let shown = faults("[registers]\nchase = \"x\ndown = \"j\"\n");
    assert_eq!(shown.len(), 1);
    assert!(shown[0].starts_with("theirs:2: column "), "{shown:?}");
    assert_eq!(
        faults("registers = 3"),
        ["theirs:1: registers: keys stand under a room; write [registers], and below it action = \"key\""]
    );
}

#[test]
fn a_room_or_action_left_out_of_the_built_in_file_is_a_fault() {
    let mut file = KeymapFile::default();
    file.overlay("ours", "[registers]\nchase = \"c\"\ndown = \"j\"");
    let _: Keymap<Registers> = file.keymap();
    let _: Keymap<Field> = file.keymap();
    let shown: Vec<String> = file.faults().iter().map(Fault::to_string).collect();
    assert_eq!(
        shown,
        [
            "keymaps.toml (built in):1: field: the room is missing; write [field]",
            "ours:1: registers.chase-how: the action is missing; write chase-how = [] if it is to have no key",
        ]
    );
}

#[test]
fn the_built_in_file_can_be_read() {
    assert_eq!(KeymapFile::compiled_in().faults.len(), 0);
}
