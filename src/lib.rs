//! firstbell: the attendance officer's morning in one terminal window.
//!
//! By 11:00 every pupil who should be in school is accounted for, and the record shows how.
//!
//! ```text
//!  firstbell DEMO  Harrington High  Tue 24 Nov   AM closed 09:10   x 11 checks  N 40 to settle             S Marsh  09:26
//! ╭ 1 Unmarked registers  2 of 35 +1 ──╮╭ 2 Unexplained  41 · 5 overdue ─────────────────────────╮╭ 4 Watch  9 ──────────╮
//! │9DV   → Mr Twedd…  E10   +36m ●● 12m││▲ Yıldız, Omar     11QP  CP   call +5m          —       ││Adeyemi, … 9VA  ! L 25│
//! │10BB  Ms Barwise   E6    26/28      ││▲ Nair, Jasleen    7OH   CIN  tell DSL in 14m   1 tried ││Ali, Idris        /   │
//! │P1 11GF Art  Miss Bragg  +16m       ││  Al-Hashimi, Mo…  8ZH   MED  call +1m          —       ││Ashworth-Lyle…    /   │
//! │                                    ││  Lee, William     8PG   EHC  call +1m          —       ││Gill, Anaya       I   │
//! │                                    ││  Morris, Eleanor  8WE   EHC  call +1m          —       ││Little, L… 9VA    D   │
//! │                                    ││  Smith, Daisy     9QH   MED  call +1m          —       ││Morris, Elean…    N   │
//! │                                    ││  Wright, Oscar    8VL   EHC  on the way since 08:58    ││Patel, Pr… 7OH    /   │
//! │                                    ││  Begum, Aisha     7RC   EHC  tell DSL 10:10    1 msg   ││Robinson, Evie  ! /   │
//! ╰────────────────────────────────────╯│  Adeyemi, Tobi    8ZH   FSM  call in 4m        —       ││Singh, H… 11QP  ! /   │
//! ╭ 3 Lateness queue  44 · 44 new ─────╮│  Benn, Ava        10IT  FSM  call in 4m        —       ││+ Red group to call  2│
//! │09:22  Smith, Eleanor         U 42  ││  Byrne, Ró… 4290  10TC  FSM  call in 4m        —       ││+ Returning today 58  │
//! │09:17  Kowalska, Łukasz 10IT  U 37  ││  Davies, George   9VA   FSM  call in 4m        —       ││  Exam today 0        │
//! │09:14  Khan, Aisha 8VL        U 34  ││  Graham, Oliver   9ES   FSM  call in 4m        —       ││  N last 3 Mondays  0│
//! │09:14  Wilson, Martha         U 34  ││  Holmes, Darcey   10JB  FSM  call in 4m        —       ││+ Below 90 % 229      │
//! │09:11  Smith, Evie 10LR       U 31  ││  Jones, Ava       10JS  FSM  call in 4m        —       ││                      │
//! │09:10  Wilkinson, Jack        U 30  ││── Yıldız, Omar  11QP                reason by Tue 1 Dec││                      │
//! │09:05  Adeyemi, Adaeze 9VA    L 25  ││›1 Mr Yıldız, father          •••• 231  next            ││                      │
//! │09:04  Wood, Ava              L 24  ││ 2 Ms Khan, father's partner  •••• 156                  ││                      │
//! │09:03  Chan, Jun 4630         L 23  ││  NOT there, says Mr Cartmell 09:21                     ││── Adeyemi, Adaeze 9VA│
//! │09:02  Begum, Mohammed 9ES    L 22  ││  report W by Mr Ritson, careers · tutor W 09:05 · this…││below 90 % since      │
//! │09:00  Walker, Samuel         L 20  ││  Sibling Nour 7OH I                                    ││September, until 4 Dec│
//! │08:56  Adeyemi, Emmanuel      L 16  ││                                                        ││S Marsh               │
//! │3rd of half-term, 42 min this week  ││                                                        ││review due            │
//! │bus; new; meet the pupil            ││                                                        ││                      │
//! ╰────────────────────────────── ↓ 32 ╯╰────────────────────────────────────────────────── ↓ 26 ╯╰──────────────────────╯
//!
//!  n no answer  c call  e step  m mark  l late  i inbound  / find  w watch  space mark several  ? all keys
//! ```
//!
//! # The house
//!
//! ```text
//! main        reads the arguments, then answers or opens the screen
//! cli         one-shot commands: the same record and the same acts as the screen
//!   parse       what every command takes                     desk      who asks, of which file, and how the answer is given
//!   commands    one file a command, in folders: those that read, act, concern the file, set things up;
//!               `commands::permission` checks who may give each
//! screen      the terminal: draws the day, handles keys
//!   app         which screen is shown, and who handles a key; the queue of pending acts
//!   worker      the thread that holds the store
//!   office      panes: the four of the morning; dialogs: at most one open; which dialog opens for what is asked
//!   gate        the screen beside it: who comes and goes      frame     title, tabs, status and footer, and where everything goes
//!   guide       a screen of its own: a file of another system is taught, and a profile written
//!   widgets     what panes and dialogs are made of           terminal  keys in, one write a frame out
//! exchange    files in: other systems' exports into rows the record can weigh, or rejects that say why; tables out; archives, out and in
//! demo        a made-up school, its years and one morning, all from a seed
//! store       the record; the only SQL
//!   acts        one file an act: what it writes              tables    one file a table: free functions over a connection
//!   read        what is put together from several tables     merge     what files bring in
//!   file        the file itself: opened, upgraded, looked after, copied
//! render      how any report is written: text of eighty columns, CSV, a workbook, a page of HTML
//! report      what a document says, and how it stands on paper
//!   layout      a report as data: sections, tables, charts    reports   one file a report, made of what is counted
//! config      where files lie, how new ones are made, what the system says of them, and who is at the desk
//! domain      the rules of the field: no files, no clock, no screen, no paper
//!   people      pupils, contacts, bars                       school    settings, staff, roll, ladder
//!   calendar    sessions, terms, days, times                 code      the codes of attendance
//!   facts       what the record holds of a day               timeline  one pupil's facts in order, and the mark they make
//!   day         every fact of one date                       act       what is done to the record, and who may
//!   register absence late checks watch whereabouts           questions about a day, a folder a noun
//!   year        one pupil's school year, and its pattern     triggers  what marks oblige the school to consider
//!   figures     marks counted: lines, bands, splits, gaps, broken weeks, what an intervention changed
//!   cases       cases, case files, notices, chronology
//! keys        what keys mean, room by room: `keymaps.toml` and the officer's own over it
//! clock       the only reader of the time
//! ```
//!
//! Floors, bottom up; nothing imports upward or from its own floor, no imports go round in a circle, and `tests/house` reads the
//! source to keep it so:
//!
//! ```text
//! 7  main
//! 6  screen | cli
//! 5  exchange | demo
//! 4  store
//! 3  report | render  (render knows report)
//! 2  config
//! 1  domain | keys | clock
//! ```
//!
//! A pane or a dialog knows the domain, the keys, documents and the screen's ground: the widgets, and the files that lie loose
//! in `screen`; never the app, the store or a sister room. A table of the store knows no other table; `store::read::days` puts a
//! day together from them, and `store::read::timeline` a pupil's date.
//!
//! `docs/architecture.md` walks from a key to the screen, from another desk's commit, and through a fire list, function by function.
//!
//! # Who is where, in one place each
//!
//! | question | answered by |
//! |---|---|
//! | what is known of a pupil's day, in order? which mark follows, and why? | [`domain::timeline`], [`Timeline::mark`](domain::timeline::Timeline::mark) |
//! | does the mark say in? by mark or gate? | [`Day::is_marked_in`](domain::day::Day::is_marked_in), [`Day::is_in`](domain::day::Day::is_in) |
//! | who is seen, explained, not required, unexplained, blank? | [`domain::whereabouts::account`] |
//! | who is away, out, expected, each counted once? | [`domain::whereabouts::board`] |
//! | who must be asked after, how far has it come, what step is due? | [`domain::absence::unexplained`], [`domain::school::ladder`] |
//! | how far is a late followed through, what comes next? | [`domain::facts::late_step`], [`domain::school::sanction`] |
//! | which registers has the day, and how does each stand? | [`domain::register::of_day`] |
//! | who leaves no blank in a register, being away? | [`domain::register::unmarked`] |
//! | who is in the building at this minute? | [`domain::whereabouts::fire`] |
//! | what may the gate do for a pupil, and say? | [`domain::late::gate`] |
//! | where is the pupil by the last word, and where to look? | [`Timeline::whereabouts`](domain::timeline::Timeline::whereabouts), [`domain::whereabouts`] |
//! | which sessions are meant by "until fri", typed or among other words? | [`domain::absence::when`] |
//! | who is elsewhere by arrangement, and are they there? | [`domain::absence::offsite`] |
//! | what is arranged for many, and what of it is due? | [`domain::facts::arrangement`] |
//! | what was promised, and for when? | [`domain::facts::promise`] |
//! | what contradicts, and what would settle it? | [`Timeline::contradiction`](domain::timeline::Timeline::contradiction), [`domain::checks`] |
//! | whom does a sweep look for, and who is away? | [`domain::whereabouts::sweep`] |
//! | which day is meant by "last tue", and which lies beside a day? | [`domain::calendar::any_day`] |
//! | who was away on a day, and how many stand with which mark? | [`domain::absence::of_day`], [`Count`](domain::day::count::Count) |
//! | which session times hold on a date, and which sessions has it? | [`Roll::hours`](domain::school::roll::Roll::hours), [`domain::calendar::timetable`] |
//! | who sits at which desk, and whom do they call about? | [`domain::facts::desk_presence`] |
//! | what does the system that the roll comes from not hold as the record does? | [`domain::facts::handback`] |
//! | which reports are there, what is one made of, and how is it written? | [`report::reports`], [`report::layout`], [`render`] |
//! | what is in a pupil's case file, what of it is due, which sessions are locked? | [`domain::cases::file`], [`domain::cases::due`], [`domain::cases::penalty`] |
//! | when does a notice to improve end, counted over school weeks? | [`domain::cases::improvement`] |
//! | what happened about a pupil, in order? | [`domain::cases::chronology`] |
//! | what was shown to whom? | [`domain::act::disclosure`] |
//! | who may see and do what? who is at the desk? | [`domain::act::permission`], [`config::officer`] |
//! | for whom is a code, and where may it stand? | [`Roll::check_code`](domain::school::roll::Roll::check_code) |
//! | how many sessions were there, and which are blank? | [`domain::day::school_days`], [`Figures`](domain::figures::Figures) |
//! | which thresholds does a pupil meet, by which sessions, and what is missing? | [`domain::triggers`] |
//! | what do the marks of any pupils and dates add up to, split by whatever? | [`domain::figures::tally`], [`Counted`](domain::figures::counted::Counted) |
//! | what does the figures screen show, what does a row open onto, and what is understood of a typed line? | [`domain::figures::page`] |
//! | how far is persistent absence, which band, which weeks are broken, what changed? | [`domain::figures`] |
//! | what does a pupil's school year add up to, and what is its pattern? | [`domain::year`] |
//! | which marks lie on a day that is closed now? | [`domain::day::closed_marks`] |
//! | which file is open, is it still there, was a change kept? | `store::file::place`, `store::file::change` |
//! | what was put right of the roll, and has the system brought it? | [`domain::people::correction`], [`Roll::corrections`](domain::school::roll::Roll::corrections) |
//! | whom does a rule put beside the watch list, and why? | [`domain::watch`] |
//!
//! # Six kinds of message
//!
//! | word | says |
//! |---|---|
//! | [`Event`](screen::Event) | what came in: a key, news from the store, the minute turned |
//! | [`Action`](keys::Action) | what a key means in a room; each room has its own |
//! | `Outcome` | what a room says upward: open this, do this, say this, close me |
//! | [`Act`](domain::act::Act) | what an officer does to the record |
//! | [`Receipt`](domain::act::Receipt), [`Refusal`](domain::act::Refusal) | what became of the act |
//! | [`Day`](domain::day::Day) | every fact of one date that a screen draws |
//!
//! A key is handled by the open dialog, else by the screen (the gate, or the office's pane), else by the global keys; by nobody while a
//! lock screen hides the work, and later while an act is on its way to the disk. Whoever handles it changes its own state and
//! answers with an outcome; [`App::on`](screen::App::on) obeys, and does no input or output itself.
//!
//! # Two threads
//!
//! The main thread sleeps at the terminal until a key, a signal or an answer of the store comes, then draws if anything changed;
//! the [`StoreWorker`](screen::StoreWorker)'s thread holds the store. After each act and on a short poll the store worker asks whether the file has moved: its own
//! commits and another desk's reach the screen by that one path, as a fresh day, replaced whole. While nobody asks for
//! anything it reads, a few pupils at a time, what the watch rules need of the past. The screen never waits for a disk.
//!
//! # Selection is by id
//!
//! In a list that refreshes itself row 7 is another child a moment later. A list remembers who is chosen; every act
//! names its pupil, and carries the revision it saw, so that nobody overwrites what changed meanwhile unseen.

#![cfg_attr(test, allow(clippy::pedantic))]

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod keys;
pub mod render;
pub mod report;
pub mod screen;
pub mod store;
