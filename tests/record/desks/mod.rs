//! Several desks, each a process of its own, on one file: nothing lost, nothing doubled, whoever is killed.

mod six;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use firstbell::domain::act::{Act, Chase, Undo};
use firstbell::domain::act_id::ActId;
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::facts::register::ChaseMethod;
use firstbell::domain::people::pupil::PupilId;
use firstbell::store::{NotDone, Store};

use crate::support::*;

const FILE: &str = "FIRSTBELL_TEST_FILE";
const ROLE: &str = "FIRSTBELL_TEST_ROLE";
const TURN: &str = "FIRSTBELL_TEST_TURN";
const NOBODY: u32 = 65_534;

/// This test's own program, run again as a desk.
pub struct Desks(Child);

/// This program, to be run as [`a_desk`] alone.
pub fn command() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "desks::a_desk", "--nocapture", "--quiet"]);
    command
}

pub fn child(path: &Path, role: &str, turn: u32) -> Desks {
    let mut command = command();
    command.env(FILE, path).env(ROLE, role).env(TURN, turn.to_string());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    Desks(command.spawn().unwrap())
}

impl Desks {
    /// What it has said so far, once it has said that something keeps it from its work. It stays, and has the file open.
    pub fn until_it_stops(&mut self) -> String {
        let mut text = String::new();
        let mut lines = BufReader::new(self.0.stderr.take().unwrap()).lines().map_while(Result::ok);
        for line in lines.by_ref() {
            text += &format!("{line}\n");
            if line.starts_with("fault") {
                break;
            }
        }
        text
    }

    /// Let it go: whether it went well.
    pub fn ends(mut self) -> bool {
        drop(self.0.stdin.take());
        self.0.wait().unwrap().success()
    }

    /// Whether it went well, and what it said.
    pub fn wait_with_says(mut self) -> (bool, String) {
        let mut text = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        (self.0.wait().unwrap().success(), text)
    }
}

/// Not a test: what a desk does when it is run as a process. Without a role it passes at once.
#[test]
fn a_desk() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let path = std::env::var(FILE).unwrap();
    let turn: u32 = std::env::var(TURN).unwrap().parse().unwrap();
    let path = Path::new(&path);
    match role.as_str() {
        "open-as-nobody" => open_as_nobody(path),
        "fifty" => work(path, turn, 50),
        "mixed" => six::work(path, turn),
        "for-ever" => work(path, turn, u32::MAX),
        "open" => match Store::open(path, codes()) {
            Ok(_) => eprintln!("opened"),
            Err(fault) => eprintln!("{fault}"),
        },
        "read-behind-an-exclusive-lock" => eprintln!("{}", crate::file::faults::read_behind_an_exclusive_lock(path)),
        "hold-an-exclusive-lock" => crate::file::faults::hold_an_exclusive_lock(path),
        "until-stopped" => work_until_stopped(path, turn),
        umask => eprintln!("{}", crate::file::faults::create_under(umask.rsplit('-').next().unwrap(), path)),
    }
}

fn open_as_nobody(path: &Path) {
    let role = "as-nobody-now";
    if std::env::var("FIRSTBELL_TEST_NOBODY").is_err() {
        let mut command = command();
        command.env("FIRSTBELL_TEST_NOBODY", role);
        command.uid(NOBODY).gid(NOBODY).stdout(Stdio::null());
        if !command.status().is_ok_and(|status| status.success()) {
            eprintln!("cannot become nobody here");
        }
        return;
    }
    match Store::open_at_once(path, codes()) {
        Ok(_) => eprintln!("opened"),
        Err(fault) => eprintln!("{fault}"),
    }
}

/// Act after act; each acknowledged one is said on a line of its own.
fn work(path: &Path, turn: u32, acts: u32) {
    let mut store = Store::open(path, codes()).unwrap();
    let officer = officer(&format!("desk {turn}"));
    let mut last = ActId::default();
    for n in 0..acts {
        let act = act_of_turn(&store, turn, n, last);
        let outcome = match store.perform(&officer, now("09:30"), &act) {
            Ok(receipt) => {
                last = receipt.act;
                format!("done {}\n", receipt.act.0)
            }
            Err(NotDone::Refused(refusal)) => format!("refused {refusal}\n"),
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => format!("fault {fault}\n"),
        };
        std::io::stderr().write_all(outcome.as_bytes()).unwrap();
    }
}

/// Act after act, until something keeps the desk from it; then it waits to be let go.
fn work_until_stopped(path: &Path, turn: u32) {
    let mut store = Store::open(path, codes()).unwrap();
    let officer = officer(&format!("desk {turn}"));
    for n in 0..u32::MAX {
        let act = act_of_turn(&store, turn, n, ActId::default());
        let outcome = match store.perform(&officer, now("09:30"), &act) {
            Ok(receipt) => format!("done {}\n", receipt.act.0),
            Err(NotDone::Refused(_)) => continue,
            Err(NotDone::Fault(fault) | NotDone::Unknown(fault, _)) => format!("fault {fault}\n"),
        };
        std::io::stderr().write_all(outcome.as_bytes()).unwrap();
        if outcome.starts_with("fault") {
            let (Ok(_) | Err(_)) = std::io::stdin().read_to_string(&mut String::new());
            return;
        }
    }
}

/// Wait until so many desks have signed an act: all that are signed.
pub fn once_all_have_signed(path: &Path, desks: usize) -> BTreeSet<i64> {
    let store = Store::open(path, codes()).unwrap();
    let question = "SELECT count(DISTINCT who) FROM act WHERE who LIKE 'desk %'";
    while store.ask(question).unwrap().unwrap().rows[0][0] != Some(desks.to_string()) {
        std::thread::yield_now();
    }
    signed(&store)
}

/// The acts of officers that the journal holds.
pub fn signed(store: &Store) -> BTreeSet<i64> {
    let journal = store.ask("SELECT id FROM act WHERE kind <> 'import'").unwrap().unwrap().rows.concat();
    journal.into_iter().map(|id| id.unwrap().parse().unwrap()).collect()
}

/// Desks fall over each other: the same few pupils, marks seen and moved, registers sent again, undos.
fn act_of_turn(store: &Store, turn: u32, n: u32, last: ActId) -> Act {
    let pupil = PupilId(i64::from(n % 2 * 2) + 1 + i64::from(turn % 2) * 2 % 3);
    let at: SessionDate = am(24);
    match (n + turn) % 5 {
        0 => register(G8KM, at, &[(AMIRA, "N"), (SIOBHAN, "/"), (LOUIS, "N")]),
        1 => {
            let code = ["I", "M", "O", "C"][(n / 5 % 4) as usize];
            amend(pupil, at, code, "looked into", store.revision(pupil, at).unwrap())
        }
        2 => Act::Chase(Chase { group: G9TR, at, method: ChaseMethod::Phone }),
        3 => report(&[AMIRA, BILAL], "I", at, pm(27)),
        _ => Act::Undo(Undo { act: last }),
    }
}

pub fn acknowledged(text: &str) -> Vec<i64> {
    text.lines().filter_map(|line| line.strip_prefix("done ")).map(|act| act.parse().unwrap()).collect()
}

#[test]
fn four_desks_of_fifty_acts_lose_nothing_and_double_nothing() {
    let desk = Desk::new();
    let desks: Vec<_> = (0..4).map(|turn| child(&desk.path, "fifty", turn)).collect();
    let mut all = Vec::new();
    for desk in desks {
        let (well, text) = desk.wait_with_says();
        assert!(well && !text.contains("fault"), "{text}");
        let answers = text.lines().filter(|line| line.starts_with("done") || line.starts_with("refused")).count();
        assert_eq!(answers, 50, "every act is answered: {text}");
        all.extend(acknowledged(&text));
    }
    assert!(all.len() > 100, "most acts are done: {}", all.len());
    let distinct: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!(distinct.len(), all.len());
    let journal = signed(&desk.store);
    assert_eq!(journal, distinct, "acknowledged is journalled, and nothing else is");
}

#[test]
fn killed_at_any_moment_the_file_is_whole_and_has_what_was_acknowledged() {
    let mut desk = Desk::new();
    let mut all: BTreeSet<i64> = BTreeSet::new();
    for round in 0..6_u32 {
        let mut desks: Vec<_> = (0..2).map(|turn| child(&desk.path, "for-ever", turn + round)).collect();
        // Killed after so many acknowledgements, wherever it then is in the next act.
        let mut lines = BufReader::new(desks[0].0.stderr.take().unwrap()).lines();
        let mut text: Vec<String> = lines.by_ref().take(7 + 5 * round as usize).map(Result::unwrap).collect();
        for desk in &mut desks {
            desk.0.kill().unwrap();
        }
        text.extend(lines.map_while(Result::ok));
        let mut rest = String::new();
        desks[1].0.stderr.take().unwrap().read_to_string(&mut rest).unwrap();
        for desk in &mut desks {
            desk.0.wait().unwrap();
        }
        assert!(!text.iter().any(|line| line.starts_with("fault")), "{text:?}");
        all.extend(acknowledged(&text.join("\n")));
        all.extend(acknowledged(&whole_lines(&rest)));
        desk.sound();
    }
    assert!(all.len() > 50);
    let journal = signed(&desk.store);
    assert!(all.is_subset(&journal), "an acknowledged act is in the file");
    assert!(journal.len() <= all.len() + 12, "at most the act under way when each desk was killed is there unsaid");
}

/// A line cut off by the kill is none.
fn whole_lines(text: &str) -> String {
    text.rsplit_once('\n').map_or(String::new(), |(whole, _)| whole.to_owned())
}
