//! One request after another: allowed by robots.txt, in its time, with every redirect looked at.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use robotxt::{Agent, Robots};
use sumber_core::MOST_PAGE_BYTES;
use ureq::http::header;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use super::FetchOptions;
use super::archive::{Exchange, Validators};
use super::private::{PRIVATE, PublicOnly};

/// Most redirects that are followed.
const MOST_REDIRECTS: usize = 5;
/// Most of a robots.txt that is read (RFC 9309 asks for 500 KiB at least).
const MOST_ROBOTS_BYTES: usize = 512 << 10;
/// The longest that robots.txt may make us wait between two requests.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// Why a page was not had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may not be asked for.
    Forbidden(String),
    /// It was asked for in vain.
    Failed(String),
}

/// What was seen on the way to a page: redirects, then the page.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Requests with their answers, in order.
    pub exchanges: Vec<Exchange>,
    /// The server says that the page is as it was.
    pub unchanged: bool,
}

/// What a host allows.
struct Host {
    robots: Robots,
    delay: Duration,
}

/// Sends requests.
pub struct Client {
    agent: ureq::Agent,
    name: String,
    delay: Duration,
    /// By scheme, host and port.
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    /// When the next request to a host may be sent.
    next: Mutex<HashMap<String, Instant>>,
}

impl Client {
    /// Sends as `options` say.
    pub fn new(options: &FetchOptions) -> Client {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(options.timeout))
            .user_agent(options.agent.as_str())
            .accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5")
            // a proxy would look names up itself, past the check of where they lead
            .proxy(None)
            .build();
        let resolver = PublicOnly::new(options.private.clone());
        Client {
            agent: ureq::Agent::with_parts(config, DefaultConnector::default(), resolver),
            name: options.agent.split('/').next().unwrap_or("").trim().to_owned(),
            delay: options.delay,
            hosts: Mutex::default(),
            next: Mutex::default(),
        }
    }

    /// Asks for a page; where validators are known, only if it has changed.
    ///
    /// # Errors
    /// Why it was not had; a status that is no 200 is none.
    pub fn get(&self, url: &Url, known: Option<&Validators>) -> Result<Seen, Failure> {
        let mut seen = Seen::default();
        let mut url = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            let host = self.host(&url)?;
            if !host.robots.is_url_allowed(&url) {
                return Err(Failure::Forbidden("its robots.txt does not allow it".to_owned()));
            }
            let exchange = self.ask(&url, host.delay, known.filter(|_| seen.exchanges.is_empty()), MOST_PAGE_BYTES)?;
            let to = exchange.redirect();
            seen.unchanged = exchange.status == 304;
            seen.exchanges.push(exchange);
            let Some(to) = to else { return Ok(seen) };
            url = url.join(&to).map_err(|_| Failure::Failed("it redirects to what is no address".to_owned()))?;
            if !matches!(url.scheme(), "http" | "https") {
                return Err(Failure::Failed("it redirects to what is no address of the web".to_owned()));
            }
        }
        Err(Failure::Failed(format!("it redirects more than {MOST_REDIRECTS} times")))
    }

    /// What a host allows, asked once.
    fn host(&self, url: &Url) -> Result<Arc<Host>, Failure> {
        let key = url.origin().ascii_serialization();
        if let Some(known) = self.hosts.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let mut place = url.join("/robots.txt").map_err(|_| Failure::Failed("this is no address".to_owned()))?;
        let mut answer = self.ask(&place, self.delay, None, MOST_ROBOTS_BYTES)?;
        for _ in 0..MOST_REDIRECTS {
            let Some(to) = answer.redirect().and_then(|to| place.join(&to).ok()) else { break };
            place = to;
            answer = self.ask(&place, self.delay, None, MOST_ROBOTS_BYTES)?;
        }
        // RFC 9309, 2.3.1: no file allows all, a server in trouble allows nothing
        let robots = match answer.status {
            200..=299 => match answer.answer() {
                Ok(answer) => Robots::parse(&answer.body, Agent::Prefix(&self.name)),
                Err(_) => Robots::disallow_all(),
            },
            500.. | 429 => {
                return Err(Failure::Failed(format!(
                    "its robots.txt cannot be had (the server answered {}); try again later",
                    answer.status
                )));
            }
            _ => Robots::allow_all(),
        };
        let delay = robots.crawl_delay().unwrap_or_default().min(LONGEST_DELAY).max(self.delay);
        let host = Arc::new(Host { robots, delay });
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).insert(key, host.clone());
        Ok(host)
    }

    /// Sends one request in its time.
    fn ask(&self, url: &Url, delay: Duration, known: Option<&Validators>, most: usize) -> Result<Exchange, Failure> {
        self.wait(url, delay);
        let mut request = self.agent.get(url.as_str()).header(header::ACCEPT_ENCODING, "gzip, br");
        if let Some(tag) = known.and_then(|k| k.etag.as_deref()) {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        if let Some(time) = known.and_then(|k| k.last_modified.as_deref()) {
            request = request.header(header::IF_MODIFIED_SINCE, time);
        }
        let time = SystemTime::now();
        let mut response = request.call().map_err(|error| failure(&error))?;
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let status = response.status();
        let mut body = Vec::new();
        let read = response.body_mut().as_reader().take(most as u64 + 1).read_to_end(&mut body);
        let cut = match &read {
            _ if body.len() > most => Some("length"),
            Ok(_) => None,
            Err(error) if body.is_empty() => return Err(Failure::Failed(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut || error.to_string().contains("timeout") => {
                Some("time")
            }
            Err(_) => Some("disconnect"),
        };
        body.truncate(most);
        Ok(Exchange {
            url: url.clone(),
            time,
            status: status.as_u16(),
            reason: status.canonical_reason().unwrap_or("").to_owned(),
            headers,
            body,
            cut,
            known: known.cloned(),
        })
    }

    /// Waits until a request to this host may be sent, and takes the time of the next.
    fn wait(&self, url: &Url, delay: Duration) {
        let now = Instant::now();
        let at = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let slot = next.entry(url.host_str().unwrap_or("").to_owned()).or_insert(now);
            let at = (*slot).max(now);
            *slot = at + delay;
            at
        };
        std::thread::sleep(at.saturating_duration_since(now));
    }
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Io(io) if io.to_string() == PRIVATE => Failure::Forbidden(PRIVATE.to_owned()),
        ureq::Error::HostNotFound => Failure::Failed("there is no such host; check the address".to_owned()),
        ureq::Error::Timeout(_) => {
            Failure::Failed("the server took too long; try again later or with a longer --timeout".to_owned())
        }
        error => Failure::Failed(error.to_string()),
    }
}
