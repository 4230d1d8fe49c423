//! What keys mean in the watch list.

crate::actions! {
    /// What keys mean in the watch list.
    pub Action in "watch" {
        Drop "drop" "take off the watch list" records;
        Seen "seen" "mark all as looked at";
        Fold "fold" "open or fold the lists that rules make";
    }
}
