//! The command that prints a late slip.

/// What cannot be right about the command that prints a late slip.
pub fn faults(command: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if command.chars().any(char::is_control) {
        faults.push("late-slip: a command is one line without control characters".to_owned());
    }
    if shell_words::split(command).is_err() {
        faults.push("late-slip: a quotation mark is not closed".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_one_line_whose_quotes_are_closed() {
        for (command, wrong) in
            [("", 0), ("lp -d gate", 0), ("lp -d 'the gate'", 0), ("lp 'gate", 1), ("lp\n-d gate", 1)]
        {
            assert_eq!(faults(command).len(), wrong, "{command:?}");
        }
    }
}
