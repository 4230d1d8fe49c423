//! The made-up school with names that try the columns, on its morning, and desks that press keys at it.

pub mod frame;
#[allow(dead_code, reason = "not every test program uses all of it")]
#[path = "../../school/mod.rs"]
mod school;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use firstbell::domain;
use firstbell::domain::act::{Act, Officer};
use firstbell::domain::calendar::session::SessionDate;
use firstbell::domain::incoming::Incoming;
use firstbell::domain::people::pupil::{Flag, GroupId, PupilId};
use firstbell::domain::school::School;
use firstbell::domain::school::staff::Role;
use firstbell::keys::KeymapFile;
use firstbell::screen::{App, Event, Keymaps, Look, Request, StoreWorker, Theme};
use firstbell::store::Store;
use ratatui::buffer::Buffer;
use tempfile::TempDir;

pub use school::acts::*;
use school::files;
pub use school::files::{barred, contact, detailed, detailed_contact, key, lesson, placed, pupil};
pub use school::{AMIRA, beside, codes, now as at, officer};

pub const COLOUR: Look = Look { colour: true, high_contrast: false, ascii: false };

/// 8KM.
pub const ERIN: PupilId = PupilId(3);

/// (surname, forename, group): numbered from 1 in this order.
const PUPILS: [(&str, &str, &str); 12] = [
    ("Khan", "Amira", "8KM"),
    ("Khan", "Bilal", "10DP"),
    ("Doyle", "Erin", "8KM"),
    ("Evans", "Llŷr", "8KM"),
    ("Firth", "Max", "8KM"),
    ("Gray", "Zoë", "9BW"),
    ("O’Neill-Smith", "Siobhán", "9BW"),
    ("Mori", "Yui", "9BW"),
    ("Wójcik", "Łukasz", "9BW"),
    ("王", "小明", "10DP"),
    ("Featherstonehaugh-Cholmondeley", "Maximiliana-Alexandria", "10DP"),
    ("Sukarno", "", "10DP"),
];

/// Today.
pub fn date() -> NaiveDate {
    school::november(24)
}

/// This morning.
pub fn am() -> SessionDate {
    school::am(24)
}

/// This afternoon.
pub fn pm() -> SessionDate {
    school::pm(24)
}

/// The school with other pupils in three groups, and an uncle of Amira's who must not be contacted.
fn incoming() -> Incoming {
    let mut school = files::incoming();
    school.groups = placed(["8KM", "9BW", "10DP"].map(files::group));
    school.pupils = placed((1..).zip(PUPILS).map(|(n, row)| pupil(n, row)));
    school.contacts.insert(2, placed([barred(contact(1, 3, "Mr Rahim, uncle, 07700 900999"))]).remove(0));
    school.contacts.extend(placed([contact(3, 1, "Ms Doyle, mother, 07700 900111")]));
    // Of one half-term, so that nobody has much of a past.
    let [_, term, _] = files::calendar();
    school.calendar = placed([term]);
    school.flags =
        placed([files::flags(1, &[Flag::ChildProtection, Flag::FreeMeals]), files::flags(4, &[Flag::EhcPlan])]);
    school
}

/// Change the settings of an open file, as an admin does.
pub fn change_settings(store: &mut Store, change: impl FnOnce(&mut School)) {
    let act = settings_changed(&store.roll().school, change).into();
    store.perform(&officer("A Admin"), at("07:45"), &act).unwrap();
    store.day(date()).unwrap();
}

/// The school's file: made with the roll, and with 8KM's register taken, Amira, Erin and Llŷr at N; Bilal of 10DP too.
pub struct Office {
    pub path: PathBuf,
    folder: Arc<TempDir>,
}

impl Office {
    pub fn new() -> Office {
        // Where the clock is set by hours, no screen is to lock for want of a key.
        Office::locking_after(0)
    }

    /// Whose screens lock after so many minutes without a key.
    pub fn locking_after(minutes: i64) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        let mut school = school::settings();
        school.screen.lock_after = minutes;
        let mut store = Store::create(&path, &school, codes()).unwrap();
        store.merge(&officer("import"), at("07:00"), &incoming(), false, &mut |_, _| {}).unwrap();
        let office = Office { path, folder: Arc::new(folder) };
        office.register("08:50", "8KM", "Mrs Kemp", &[(1, "N"), (3, "N"), (4, "N"), (5, "/")]);
        office.register("08:52", "10DP", "Dr Price", &[(2, "N"), (10, "/"), (11, "/")]);
        office
    }

    /// On a file made elsewhere.
    pub fn of(path: PathBuf, folder: TempDir) -> Office {
        Office { path, folder: Arc::new(folder) }
    }

    /// A register handed in by its teacher.
    pub fn register(&self, time: &str, group: &str, teacher: &str, marks: &[(i64, &str)]) {
        let mut store = Store::open(&self.path, codes()).unwrap();
        let group: GroupId = store.roll().groups.iter().find(|one| one.name == group).unwrap().id;
        let marks: Vec<_> = marks.iter().map(|(id, text)| (PupilId(*id), *text)).collect();
        let act = handed_in(group, am(), teacher, &marks).into();
        store.perform(&officer(teacher), at(time), &act).unwrap();
    }

    /// Files brought in beside the first ones.
    pub fn bring(&self, incoming: &Incoming) {
        self.bring_at("07:30", incoming);
    }

    pub fn bring_at(&self, time: &str, incoming: &Incoming) {
        let mut store = Store::open(&self.path, codes()).unwrap();
        store.merge(&officer("import"), at(time), incoming, false, &mut |_, _| {}).unwrap();
    }

    /// Somebody else does something.
    pub fn perform(&self, time: &str, act: impl Into<Act>) {
        let mut store = Store::open(&self.path, codes()).unwrap();
        store.perform(&officer("J Ito"), at(time), &act.into()).unwrap();
    }

    /// What a question comes to, one cell.
    pub fn ask(&self, question: &str) -> String {
        let store = Store::open(&self.path, codes()).unwrap();
        let rows = store.ask(question).unwrap().unwrap().rows;
        rows.iter()
            .map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect::<Vec<_>>().join(" | "))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// A desk at 120x40.
    pub fn desk(&self, time: &str) -> Desk {
        self.desk_with(time, (120, 40), COLOUR, "S Marsh")
    }

    /// A desk at 80x24.
    pub fn small(&self, time: &str) -> Desk {
        self.desk_with(time, (80, 24), COLOUR, "S Marsh")
    }

    pub fn desk_with(&self, time: &str, size: (u16, u16), look: Look, name: &str) -> Desk {
        self.desk_of(time, size, look, officer(name))
    }

    /// A desk at 80x24 with a login for the gate.
    pub fn gate(&self, time: &str) -> Desk {
        self.desk_of(time, (80, 24), Look::default(), Officer { role: Role::Gate, ..officer("L Adams") })
    }

    /// A desk at which this officer sits, whatever they may.
    pub fn desk_of(&self, time: &str, size: (u16, u16), look: Look, officer: Officer) -> Desk {
        let mut store = Store::open(&self.path, codes()).unwrap();
        let day = store.day(date()).unwrap();
        let keymaps = Keymaps::read(KeymapFile::compiled_in()).unwrap();
        let theme = frame::telling(look);
        let app = App::new(day, keymaps, theme.clone(), officer.clone(), false, at(time));
        let worker = StoreWorker::new(store, officer, date());
        Desk {
            app,
            worker,
            now: at(time),
            size,
            theme,
            quit: false,
            shut_out: None,
            shown: None,
            _folder: self.folder.clone(),
        }
    }
}

/// One desk: an app and its store worker, inline.
pub struct Desk {
    pub app: App,
    pub worker: StoreWorker,
    pub now: DateTime<Utc>,
    pub size: (u16, u16),
    theme: Theme,
    pub quit: bool,
    /// Why the screen closed on whoever sat there.
    pub shut_out: Option<String>,
    /// The frame that was last drawn, as the terminal would show it.
    shown: Option<Buffer>,
    /// The file stays where it is for as long as anybody sits at it.
    _folder: Arc<TempDir>,
}

impl Desk {
    /// Press keys, written as in `keymaps.toml` with blanks between; a word in quotes is typed letter by letter.
    pub fn press(&mut self, keys: &str) -> &mut Desk {
        for word in keys.split(' ') {
            match word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
                Some(text) => {
                    text.chars().for_each(|letter| self.send(Event::Key(firstbell::keys::Key::typed(letter))))
                }
                None => self.send(Event::Key(word.parse().unwrap())),
            }
        }
        self
    }

    /// The keys of [`press`](Desk::press), counted.
    pub fn count(keys: &str) -> usize {
        keys.split(' ').map(|word| if word.starts_with('\'') { word.chars().count() - 2 } else { 1 }).sum()
    }

    /// Hear an event; the store worker answers at once.
    pub fn send(&mut self, event: Event) {
        let is_key = matches!(event, Event::Key(_));
        let mut waiting = vec![event];
        while !waiting.is_empty() {
            let mut answers = Vec::new();
            for event in waiting {
                for request in self.app.on(event, self.now) {
                    self.quit |= request == Request::Quit;
                    if let Request::ShutOut(text) = &request {
                        self.shut_out = Some(text.clone());
                    }
                    answers.extend(self.worker.obey(request, self.now));
                }
            }
            waiting = answers;
        }
        if is_key {
            self.draw_on();
        }
    }

    /// Press keys, as [`press`](Desk::press) does, and hold back what they ask for.
    pub fn press_only(&mut self, keys: &str) -> Vec<Request> {
        let mut asked = Vec::new();
        for word in keys.split(' ') {
            match word.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
                Some(text) => text
                    .chars()
                    .for_each(|letter| asked.extend(self.send_only(Event::Key(firstbell::keys::Key::typed(letter))))),
                None => asked.extend(self.send_only(Event::Key(word.parse().unwrap()))),
            }
        }
        asked
    }

    /// Hear an event and hold back what it asks for.
    pub fn send_only(&mut self, event: Event) -> Vec<Request> {
        self.app.on(event, self.now)
    }

    pub fn obey(&mut self, request: Request) {
        for event in self.worker.obey(request, self.now) {
            self.send(event);
        }
    }

    /// A second goes by, in which the store worker looks at the file.
    pub fn look(&mut self) -> &mut Desk {
        for _ in 0..10 {
            for told in self.worker.poll() {
                self.send(told);
            }
        }
        self
    }

    /// The store worker has read what the watch rules need of the past, as it does when nobody asks anything.
    pub fn caught_up(&mut self) -> &mut Desk {
        while self.worker.is_behind() {
            if let Some(standing) = self.worker.catch_up() {
                self.send(standing);
            }
        }
        self
    }

    /// The clock is set.
    pub fn clock(&mut self, time: &str) -> &mut Desk {
        self.now = at(time);
        self.send(Event::Minute);
        self
    }

    /// The first line that holds `text`.
    pub fn line_with(&self, text: &str) -> String {
        let all = self.text();
        all.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is not in\n{all}")).to_owned()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The status line.
    pub fn status(&self) -> String {
        let text = self.text();
        let line = text.lines().nth(usize::from(self.size.1) - 2).unwrap_or_default();
        line.trim().to_owned()
    }
}
