//! Who sits at the other desks: in the title where there is room, and on the status line while it is quiet.

use super::App;
use crate::domain::counted::counted;
use crate::screen::event::Request;
use crate::screen::widgets::text::width;

impl App {
    /// Report this desk's presence, once the first frame is drawn.
    pub fn report_presence(&self) -> Request {
        Request::ReportPresence(self.presence.0, self.presence.1)
    }

    /// "J Ito gate · K Brown calling Khan, Amira 8KM"; empty when nobody else is there.
    pub(in super::super) fn others_in_words(&self) -> String {
        // At the gate others read the screen.
        let named = |pupil| self.context.named(pupil).filter(|_| !self.is_at_gate());
        let others: Vec<String> = self.context.others().map(|one| one.line(named)).collect();
        others.join(&format!(" {} ", self.theme.symbols.between))
    }

    /// The same in `room` columns, or how many others there are, or nothing: before our own name in the title.
    pub(in super::super) fn others_in(&self, room: u16) -> String {
        let (words, count) = (self.others_in_words(), self.context.others().count());
        let short = counted(count, "other desk");
        let between = self.theme.symbols.between;
        let fits = |text: &String| count > 0 && width(text) <= room;
        [words, short].map(|text| format!("{text} {between} ")).into_iter().find(fits).unwrap_or_default()
    }
}
