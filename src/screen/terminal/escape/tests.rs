use proptest::prelude::*;

use super::*;
use crate::keys::Key;

/// Feeds pieces of bytes, each a number of milliseconds after the one before, as the input thread would: a tick when
/// one is due before the next piece. Answers with what was typed in the keymap's notation, pastes in quotes.
fn feed(pieces: &[(u64, &[u8])]) -> Vec<String> {
    let mut escape = Escape::default();
    let mut now = Duration::from_secs(100);
    let mut typed = Vec::new();
    for (gap, bytes) in pieces {
        now += Duration::from_millis(*gap);
        while let Some(due) = escape.due().filter(|due| *due < now) {
            typed.extend(escape.tick(due));
        }
        typed.extend(escape.on(bytes, now));
    }
    while let Some(due) = escape.due() {
        typed.extend(escape.tick(due));
    }
    let word = |typed| match typed {
        Typed::Key(event) => Key::from(event).to_string(),
        Typed::Paste(text) => format!("{text:?}"),
        Typed::LongPaste => "(too long)".to_owned(),
        Typed::Focus(in_front) => (if in_front { "(front)" } else { "(behind)" }).to_owned(),
    };
    typed.into_iter().map(word).collect()
}

#[test]
fn a_whole_arrow_is_an_arrow_and_so_are_many() {
    assert_eq!(feed(&[(0, b"\x1b[B")]), ["down"]);
    assert_eq!(feed(&[(0, b"\x1b[B\x1b[Bx\x1b[1;5A\x1bOH")]), ["down", "down", "x", "ctrl-up", "home"]);
}

#[test]
fn an_arrow_in_pieces_is_an_arrow() {
    assert_eq!(feed(&[(0, b"\x1b"), (1, b"[B")]), ["down"]);
    assert_eq!(feed(&[(0, b"\x1b"), (49, b"["), (49, b"B")]), ["down"]);
    assert_eq!(feed(&[(0, b"\x1b["), (100, b"1;"), (100, b"5B")]), ["ctrl-down"]);
    assert_eq!(feed(&[(0, b"j\x1b"), (20, b"[3~k")]), ["j", "delete", "k"]);
}

#[test]
fn a_late_rest_is_never_letters_though_the_esc_was_told() {
    assert_eq!(feed(&[(0, b"\x1b"), (60, b"[B")]), ["esc", "down"]);
    assert_eq!(feed(&[(0, b"\x1b"), (200, b"O"), (300, b"A")]), ["esc", "up"]);
    assert_eq!(feed(&[(0, b"\x1b"), (1900, b"[B")]), ["esc", "down"]);
}

#[test]
fn a_late_reading_of_bytes_that_waited_is_still_an_arrow() {
    let mut escape = Escape::default();
    assert_eq!(escape.on(b"\x1b", Duration::ZERO), []);
    // The thread slept; nobody called tick.
    assert_eq!(escape.on(b"[B", Duration::from_millis(80)), [Typed::Key(KeyCode::Down.into())]);
}

#[test]
fn the_window_s_coming_and_going_is_never_letters() {
    assert_eq!(feed(&[(0, b"\x1b[I")]), ["(front)"]);
    assert_eq!(feed(&[(0, b"j\x1b[O\x1b[Ik")]), ["j", "(behind)", "(front)", "k"]);
    for (bytes, text) in [(b"\x1b[I", "(front)"), (b"\x1b[O", "(behind)")] {
        for cut in 1..bytes.len() {
            let (one, other) = bytes.split_at(cut);
            assert_eq!(feed(&[(0, one), (40, other)]), [text], "{cut}");
            // Later than an Esc waits: that was told, and the rest is still no key.
            assert_eq!(feed(&[(0, one), (1900, other)]).last().map(String::as_str), Some(text), "{cut}");
            assert!(feed(&[(0, one), (1900, other)]).iter().all(|word| word == "esc" || word == text), "{cut}");
        }
    }
    // Pasted it is text; within another sequence it ends that and is nothing.
    assert_eq!(feed(&[(0, b"\x1b[200~a\x1b[Ib\x1b[201~")]), ["\"a\\u{1b}[Ib\""]);
    assert_eq!(feed(&[(0, b"\x1b[1;\x1b[Oj")]), ["(behind)", "j"]);
}

#[test]
fn a_lone_esc_is_told_after_the_hold() {
    let mut escape = Escape::default();
    assert_eq!(escape.on(b"\x1b", Duration::ZERO), []);
    assert_eq!(escape.due(), Some(HOLD));
    assert_eq!(escape.tick(HOLD - Duration::from_millis(1)), []);
    assert_eq!(escape.tick(HOLD), [Typed::Key(KeyCode::Esc.into())]);
    assert_eq!((escape.due(), escape.tick(HOLD * 2)), (None, vec![]));
}

#[test]
fn esc_and_what_is_typed_after_it() {
    assert_eq!(feed(&[(0, b"\x1b"), (30, b"j")]), ["esc", "j"]);
    assert_eq!(feed(&[(0, b"\x1b"), (30, b"\x1b")]), ["esc", "esc"]);
    assert_eq!(feed(&[(0, b"\x1b\x1b")]), ["esc", "esc"]);
    assert_eq!(feed(&[(0, b"\x1b\x1b\x1b[A")]), ["esc", "esc", "up"]);
    assert_eq!(feed(&[(0, b"\x1b"), (250, b"O"), (100, b"w")]), ["esc", "O", "w"]);
    assert_eq!(feed(&[(0, b"\x1b"), (2100, b"[")]), ["esc", "["]);
    assert_eq!(feed(&[(0, b"\x1b"), (30, b"jj"), (5, b"\x1b"), (60, b"k")]), ["esc", "j", "j", "esc", "k"]);
}

#[test]
fn alt_is_what_comes_together() {
    assert_eq!(feed(&[(0, b"\x1bx")]), ["alt-x"]);
    assert_eq!(feed(&[(0, "\x1bé".as_bytes())]), ["alt-é"]);
}

#[test]
fn half_a_sequence_is_nothing() {
    assert_eq!(feed(&[(0, b"\x1b["), (2100, b"j")]), ["j"]);
    assert_eq!(feed(&[(0, b"\x1b[1;5"), (100, b"\rj")]), ["enter", "j"]);
    assert_eq!(feed(&[(0, b"\x1b[5"), (10, b"\x1b[A")]), ["up"]);
}

#[test]
fn a_sequence_after_half_a_one_is_whole() {
    for half in ["\x1b", "\x1bO", "\x1b[", "\x1b[1;", "\x1b[[", "\x1b]", "\x1b]11;", "\x1bP>", "\x1b\u{20ac}"] {
        let half = half.as_bytes().strip_suffix(b"\xac").unwrap_or(half.as_bytes());
        for gap in [0, 40] {
            let told = feed(&[(0, half), (gap, b"\x1b"), (gap, b"[Bx")]);
            assert_eq!(told.iter().filter(|word| *word != "esc").collect::<Vec<_>>(), ["down", "x"], "{half:?} {gap}");
        }
    }
}

#[test]
fn letters_of_several_bytes_come_whole_or_not_at_all() {
    assert_eq!(feed(&[(0, b"\xc3"), (100, b"\xa9")]), ["é"]);
    assert_eq!(feed(&[(0, b"\xc3"), (2100, b"x")]), ["x"]);
    assert_eq!(feed(&[(0, b"\xe9x")]), ["x"]);
}

#[test]
fn a_paste_is_one_text_however_it_comes() {
    assert_eq!(feed(&[(0, b"\x1b[200~O'Brien\r\nZo\xc3\xab\rB\x1b[201~j")]), [r#""O'Brien\nZoë\nB""#, "j"]);
    assert_eq!(feed(&[(0, b"\x1b[20"), (90, b"0~ab\x1b["), (900, b"2"), (50, b"01~"), (1, b"j")]), [r#""ab""#, "j"]);
    assert_eq!(feed(&[(0, b"\x1b[200~left open")]), [r#""left open""#]);
}

/// Every sequence that a key of these sends, and what else terminals say.
const SEQUENCES: &[&str] = &[
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1bOA",
    "\x1bOB",
    "\x1bOC",
    "\x1bOD",
    "\x1bOH",
    "\x1bOF",
    "\x1bOP",
    "\x1bOQ",
    "\x1bOR",
    "\x1bOS",
    "\x1b[1~",
    "\x1b[2~",
    "\x1b[3~",
    "\x1b[4~",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[Z",
    "\x1b[1;2A",
    "\x1b[1;5B",
    "\x1b[1;6C",
    "\x1b[3;5~",
    "\x1b[15~",
    "\x1b[24~",
    "\x1b[I",
    "\x1b[O",
    "\x1b[[A",
    "\x1b[M !!",
    "\x1b[<0;33;12M",
    "\x1b[24;80R",
    "\x1b[?1;2c",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
];

proptest! {
    #[test]
    fn no_split_of_a_sequence_types_a_letter(
        sequences in prop::collection::vec(prop::sample::select(SEQUENCES), 1..4),
        gaps in prop::collection::vec(prop_oneof![Just(0_u64), 0..=100_u64], 80),
    ) {
        let bytes = sequences.concat().into_bytes();
        let pieces: Vec<_> = gaps.iter().copied().zip(bytes.chunks(1)).collect();
        for word in feed(&pieces).into_iter().filter(|word| !["(front)", "(behind)"].contains(&word.as_str())) {
            prop_assert!(word.parse::<Key>().is_ok_and(|key| key.character().is_none()), "{word}");
        }
    }

    #[test]
    fn pieces_without_a_pause_after_esc_are_the_keys_of_the_whole(
        sequences in prop::collection::vec(prop::sample::select(SEQUENCES), 1..4),
        gaps in prop::collection::vec(0..=49_u64, 80),
    ) {
        let bytes = sequences.concat().into_bytes();
        let pieces: Vec<_> = gaps.iter().copied().zip(bytes.chunks(1)).collect();
        prop_assert_eq!(feed(&pieces), feed(&[(0, bytes.as_slice())]));
    }

    #[test]
    fn no_bytes_at_all_are_too_much(pieces in prop::collection::vec((0..3000_u64, prop::collection::vec(any::<u8>(), 1..9)), 0..20)) {
        let pieces: Vec<_> = pieces.iter().map(|(gap, bytes)| (*gap, bytes.as_slice())).collect();
        feed(&pieces);
    }
}

/// All that is kept of what is not yet whole.
fn kept(escape: &Escape) -> usize {
    escape.pending.capacity() + escape.paste.as_ref().map_or(0, |paste| paste.text.capacity())
}

#[test]
fn a_paste_is_taken_up_to_so_long_and_nothing_of_a_longer_one() {
    for (length, is_taken) in [(LONGEST_PASTE, true), (LONGEST_PASTE + 1, false), (3 * LONGEST_PASTE, false)] {
        let bytes = [b"\x1b[200~", "~".repeat(length).as_bytes(), b"\x1b[201~j"].concat();
        for size in [1, 5, 4096, bytes.len()] {
            let pieces: Vec<(u64, &[u8])> = bytes.chunks(size).map(|piece| (0, piece)).collect();
            let pasted = if is_taken { format!("{:?}", "~".repeat(length)) } else { "(too long)".to_owned() };
            assert_eq!(feed(&pieces), [pasted, "j".to_owned()], "{length} in pieces of {size}");
        }
    }
}

#[test]
fn what_never_ends_is_kept_no_longer_than_so_much() {
    for start in ["\x1b[200~", "\x1b]", "\x1bP", "\x1b[", "\x1b_"] {
        let mut escape = Escape::default();
        escape.on(start.as_bytes(), Duration::ZERO);
        for _ in 0..100 {
            assert_eq!(escape.on(&[b'1'; 4096], Duration::ZERO), [], "{start:?}");
            assert!(kept(&escape) <= 2 * (LONGEST_PASTE + 4096), "{start:?}: {}", kept(&escape));
        }
    }
    // Its end is known for one all the same, and no letter of it is typed.
    let answer = [b"\x1b]52;c;", "1".repeat(9000).as_bytes(), b"\x1b\\j"].concat();
    assert_eq!(feed(&[(0, &answer)]), ["j"]);
}
