//! A command that prints: a late slip, or what is shown.

/// What cannot be right about the command of the setting `name`.
pub fn faults(name: &str, command: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if command.chars().any(char::is_control) {
        faults.push(format!("{name}: a command is one line without control characters"));
    }
    if shell_words::split(command).is_err() {
        faults.push(format!("{name}: a quotation mark is not closed"));
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
            assert_eq!(faults("printer", command).len(), wrong, "{command:?}");
        }
    }
}
