//! What is asked of the running example, and what it must answer.

use crate::failure::Failure;
use crate::http::{self, Answer};

/// One page and what is certain about it.
#[derive(Debug)]
struct Visit {
    /// Address below the application's own.
    page: &'static str,
    status: u16,
    /// Text that only the application can have written.
    text: &'static str,
    /// Least number of pieces in which the page arrives. The lower bound is what a streamed page is about:
    /// two lines may share a piece, all lines may not.
    pieces: usize,
}

const VISITS: [Visit; 4] = [
    Visit {
        page: "",
        status: 200,
        text: "Everything the postman brought",
        pieces: 1,
    },
    Visit {
        page: "round?pace=0.1",
        status: 200,
        text: "The round is done",
        pieces: 4,
    },
    Visit {
        page: "static/postcards.css",
        status: 200,
        text: "airmail",
        pieces: 1,
    },
    Visit {
        page: "nowhere",
        status: 404,
        text: "no such address in this village",
        pieces: 1,
    },
];

/// Visits every page; the first wrong answer ends the round.
pub(crate) fn all(url: &str) -> Result<(), Failure> {
    println!("== visit {url}");
    VISITS.iter().try_for_each(|visit| visit.pay(url))
}

impl Visit {
    fn pay(&self, url: &str) -> Result<(), Failure> {
        let address = format!("{url}{}", self.page);
        let answer = http::get(&address).map_err(Failure::io(&address))?;
        if let Some(wrong) = self.wrong(&answer) {
            return Err(Failure::new(format!(
                "{address}: {wrong}; the whole answer:\n{}",
                answer.text()
            )));
        }
        let pieces = answer.pieces.len();
        let streamed = if self.pieces > 1 {
            format!(", streamed in {pieces} pieces")
        } else {
            String::new()
        };
        println!("   {} {address}{streamed}", answer.status);
        Ok(())
    }

    fn wrong(&self, answer: &Answer) -> Option<String> {
        if answer.status != self.status {
            Some(format!(
                "status {} instead of {}",
                answer.status, self.status
            ))
        } else if !answer.text().contains(self.text) {
            Some(format!("the page does not say `{}`", self.text))
        } else if answer.pieces.len() < self.pieces {
            Some(format!(
                "came in {} pieces instead of {} or more",
                answer.pieces.len(),
                self.pieces
            ))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_expectation_is_checked() {
        let visit = Visit {
            page: "",
            status: 200,
            text: "done",
            pieces: 2,
        };
        let wrong = |status, pieces: &[&str]| {
            let pieces = pieces
                .iter()
                .map(|piece| piece.as_bytes().to_vec())
                .collect();
            visit.wrong(&Answer { status, pieces })
        };
        assert_eq!(wrong(200, &["do", "ne"]), None);
        assert_eq!(
            wrong(500, &["do", "ne"]),
            Some("status 500 instead of 200".to_owned())
        );
        assert_eq!(
            wrong(200, &["do", "or"]),
            Some("the page does not say `done`".to_owned())
        );
        assert_eq!(
            wrong(200, &["done"]),
            Some("came in 1 pieces instead of 2 or more".to_owned())
        );
    }
}
