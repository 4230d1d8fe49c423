//! JSON: the records of a list, and their cells as text. Of large numbers and deep nesting the library itself keeps clear.

use serde_json::Value;

/// The records of a list: of an array, or of what stands under `data` in a page of one.
pub fn records(value: &Value) -> &[Value] {
    value.as_array().or_else(|| value.get("data")?.as_array()).map_or(&[], Vec::as_slice)
}

/// What stands at `path` in `value`, the outermost name first, in either case. What is asked for beside a record stands under a
/// `data` of its own, which is passed through.
pub fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    let named = |value: &'v Value, name: &str| {
        value.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    path.iter().try_fold(value, |value, name| {
        let found = named(value, name)?;
        Some(found.get("data").filter(|data| data.is_object()).unwrap_or(found))
    })
}

/// The text at `path`: of a number its digits, a whole one without a point; empty for null, and where there is none.
pub fn text(value: &Value, path: &[&str]) -> String {
    match at(value, path) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        Some(Value::Bool(is_so)) => is_so.to_string(),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
    }
}

/// Whether the first record has something, if only null, at each of `paths`.
pub fn first_has(value: &Value, names: &[&str]) -> bool {
    records(value).first().is_some_and(|first| names.iter().all(|name| at(first, &[name]).is_some()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_are_found_in_either_case_and_behind_data() {
        let page = json!({"data": [{"Id": 12.0, "name": null, "late": 2.5, "more": {"data": {"upn": " A1 "}}}]});
        let [record] = records(&page) else { unreachable!() };
        assert_eq!(["id", "name", "late", "none"].map(|name| text(record, &[name])), ["12", "", "2.5", ""]);
        assert_eq!((text(record, &["more", "upn"]), text(record, &["more"])), ("A1".to_owned(), String::new()));
        assert!(first_has(&page, &["id", "NAME"]) && !first_has(&page, &["upn"]));
        assert!(records(&json!("a")).is_empty() && !first_has(&json!([]), &["id"]));
    }
}
