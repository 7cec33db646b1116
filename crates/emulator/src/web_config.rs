//! The copy of `Web.config` that the processes read: its settings, with local paths.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// The text of a `Web.config` with nothing but these `appSettings`.
///
/// The rest of the original is for IIS, whose part the emulator plays itself.
pub(crate) fn text(settings: &[(String, String)]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.write_event(Event::Comment(BytesText::new(
        " Written at each start; see the original instead ",
    )))?;
    writer
        .create_element("configuration")
        .write_inner_content(|writer| {
            writer
                .create_element("appSettings")
                .write_inner_content(|writer| {
                    for (key, value) in settings {
                        let add = writer.create_element("add");
                        add.with_attributes([("key", key.as_str()), ("value", value)])
                            .write_empty()?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use iisc_gateway_core::xml;

    #[test]
    fn settings_survive_the_way_through_the_file() {
        let settings = [("A", r#"<"&'>"#), ("B", ""), ("A", "é\t\n x")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let root = xml::parse(&text(&settings).unwrap()).unwrap();
        let read: Vec<_> = root
            .descendants_named("add")
            .into_iter()
            .map(|add| {
                (
                    add.attribute("key").unwrap(),
                    add.attribute("value").unwrap(),
                )
            })
            .collect();
        let expected: Vec<_> = settings
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        assert_eq!(read, expected);
    }
}
