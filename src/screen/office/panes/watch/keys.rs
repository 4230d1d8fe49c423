//! What keys mean in the watch list.

crate::actions! {
    /// What keys mean in the watch list.
    pub Action in "watch" {
        Drop "drop" "take off the watch list" | "remove delete stop watching" records;
        Seen "seen" "mark all as looked at" | "read done changed";
        Fold "fold" "open or fold the lists that rules make" | "expand collapse show hide";
    }
}
