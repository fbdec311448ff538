//! Fetching from servers that the test itself runs: the polite, the slow, the lying and the hostile.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use sumber_core::{Code, MOST_PAGE_BYTES, Page};
use sumber_input::fetch::{FetchOptions, Fetched, Wanted, fetch};
use sumber_input::read_pages;

const PAGE: &str = "<html><body><p>The ferry waits outside the harbour.</p></body></html>";

/// What a server saw of a request: its path, its headers, when it came.
type Log = Arc<Mutex<Vec<(String, BTreeMap<String, String>, Instant)>>>;

/// A server on `address` that answers each request by `answer` (path, headers) and closes.
fn serve(
    address: &str,
    answer: impl Fn(&str, &BTreeMap<String, String>, &mut TcpStream) + Send + Sync + 'static,
) -> (String, Log) {
    let listener = TcpListener::bind((address, 0)).unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    let log: Log = Arc::default();
    let seen = log.clone();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let (seen, answer) = (seen.clone(), answer.clone());
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let Some(first) = lines.next() else { return };
                let path = first.split(' ').nth(1).unwrap_or("").to_owned();
                let headers: BTreeMap<String, String> = lines
                    .take_while(|line| !line.is_empty())
                    .filter_map(|line| line.split_once(": ").map(|(n, v)| (n.to_lowercase(), v.to_owned())))
                    .collect();
                seen.lock().unwrap().push((path.clone(), headers.clone(), Instant::now()));
                answer(&path, &headers, &mut stream);
            });
        }
    });
    (root, log)
}

fn reply(stream: &mut TcpStream, status: &str, headers: &str, body: &str) {
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
}

fn options(folder: &Path) -> FetchOptions {
    FetchOptions {
        folder: folder.to_owned(),
        delay: Duration::from_millis(1),
        timeout: Duration::from_secs(5),
        most: 100,
        private: vec!["127.0.0.1".to_owned()],
        agent: "sumber/test".to_owned(),
    }
}

fn get(pages: &[String], options: &FetchOptions) -> Fetched {
    fetch(&Wanted { pages: pages.to_vec(), ..Wanted::default() }, options, &|| {}).unwrap()
}

/// The pages that reading the folder gives.
fn read(folder: &Path) -> Vec<Page> {
    read_pages(&[folder.to_owned()]).0
}

fn codes(fetched: &Fetched) -> Vec<Code> {
    fetched.findings.iter().map(|f| f.code).collect()
}

#[test]
fn a_page_comes_with_its_headers_and_is_asked_for_again_only_if_it_changed() {
    let (root, log) = serve("127.0.0.1", |path, headers, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", "", ""),
        _ if headers.get("if-none-match").map(String::as_str) == Some("\"v1\"") => {
            reply(stream, "304 Not Modified", "ETag: \"v1\"\r\n", "")
        }
        _ => reply(stream, "200 OK", "Content-Type: text/html; charset=utf-8\r\nETag: \"v1\"\r\n", PAGE),
    });
    let folder = tempfile::tempdir().unwrap();
    let url = format!("{root}/ferry?day=1");
    let fetched = get(std::slice::from_ref(&url), &options(folder.path()));
    assert_eq!((fetched.pages, fetched.unchanged, codes(&fetched)), (1, 0, vec![]));
    let pages = read(folder.path());
    assert_eq!((pages[0].url.as_deref(), pages[0].bytes.as_slice()), (Some(url.as_str()), PAGE.as_bytes()));
    let archive = fs::read(fetched.archive.unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(archive.as_slice()), &mut text).unwrap();
    for part in [
        "WARC-Type: warcinfo",
        "WARC-Type: request",
        "WARC-Type: response",
        "WARC-Payload-Digest: sha256:",
        "GET /ferry?day=1 HTTP/1.1",
        "etag: \"v1\"",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(log.lock().unwrap()[1].1["user-agent"], "sumber/test");

    let again = get(&[url], &options(folder.path()));
    assert_eq!((again.pages, again.unchanged, codes(&again)), (0, 1, vec![]));
    assert_eq!(read(folder.path()).len(), 1);
}

#[test]
fn robots_txt_is_obeyed_and_requests_keep_their_distance() {
    let (root, log) = serve("127.0.0.1", |path, _, stream| match path {
        "/robots.txt" => reply(
            stream,
            "200 OK",
            "Content-Type: text/plain\r\n",
            "User-agent: *\nDisallow: /private/\nCrawl-delay: 0.3\n",
        ),
        _ => reply(stream, "200 OK", "Content-Type: text/html\r\n", PAGE),
    });
    let folder = tempfile::tempdir().unwrap();
    let pages = ["/1", "/private/2", "/3", "/4"].map(|p| format!("{root}{p}"));
    let fetched = get(&pages, &options(folder.path()));
    assert_eq!((fetched.pages, codes(&fetched)), (3, vec![Code::Forbidden]));
    let log = log.lock().unwrap();
    let asked: Vec<_> = log.iter().map(|(path, _, _)| path.as_str()).collect();
    assert_eq!(asked, ["/robots.txt", "/1", "/3", "/4"]);
    for pair in log[1..].windows(2) {
        assert!(pair[1].2 - pair[0].2 >= Duration::from_millis(280), "{:?}", pair[1].2 - pair[0].2);
    }
}

#[test]
fn a_server_in_trouble_is_left_alone() {
    let (root, log) = serve("127.0.0.1", |_, _, stream| reply(stream, "503 Service Unavailable", "", ""));
    let folder = tempfile::tempdir().unwrap();
    let fetched = get(&[format!("{root}/1")], &options(folder.path()));
    assert_eq!(codes(&fetched), [Code::NotFetched]);
    assert_eq!(log.lock().unwrap().len(), 1);
    assert_eq!(fetched.archive, None);
}

#[test]
fn redirects_are_few_and_never_lead_inside() {
    let (inside, secret) =
        serve("127.0.0.2", |_, _, stream| reply(stream, "200 OK", "Content-Type: text/html\r\n", PAGE));
    let (root, _) = serve("127.0.0.1", move |path, _, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", "", ""),
        "/moved" => reply(stream, "301 Moved Permanently", "Location: /page\r\n", ""),
        "/round" => reply(stream, "302 Found", "Location: /round\r\n", ""),
        "/inside" => reply(stream, "302 Found", &format!("Location: {inside}/\r\n"), ""),
        "/file" => reply(stream, "302 Found", "Location: file:///etc/passwd\r\n", ""),
        _ => reply(stream, "200 OK", "Content-Type: text/html\r\n", PAGE),
    });
    let folder = tempfile::tempdir().unwrap();
    let fetched = get(&["/moved", "/round", "/inside", "/file"].map(|p| format!("{root}{p}")), &options(folder.path()));
    assert_eq!(fetched.pages, 1);
    let mut found: Vec<_> = fetched.findings.iter().map(|f| (f.place.replace(&root, ""), f.code)).collect();
    found.sort();
    assert_eq!(
        found,
        [("/file", Code::NotFetched), ("/inside", Code::Forbidden), ("/round", Code::NotFetched)]
            .map(|(p, c)| (p.to_owned(), c))
    );
    assert!(secret.lock().unwrap().is_empty());
    assert_eq!(read(folder.path())[0].url.as_deref(), Some(format!("{root}/page").as_str()));
}

#[test]
fn this_machine_is_not_asked_unless_the_user_says_so() {
    let (root, log) = serve("127.0.0.1", |_, _, stream| reply(stream, "200 OK", "", PAGE));
    let folder = tempfile::tempdir().unwrap();
    let careful = FetchOptions { private: Vec::new(), ..options(folder.path()) };
    let port = root.rsplit(':').next().unwrap();
    let pages = [
        format!("{root}/1"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        "ftp://a.example/".to_owned(),
    ];
    let fetched = get(&pages, &careful);
    assert_eq!(fetched.findings.len(), 4, "{:?}", fetched.findings);
    assert_eq!(fetched.findings.iter().filter(|f| f.code == Code::NotFetched).count(), 1, "{:?}", fetched.findings);
    assert!(log.lock().unwrap().is_empty());
}

#[test]
fn slow_and_lying_servers_end_in_time() {
    let (root, _) = serve("127.0.0.1", |path, _, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", "", ""),
        "/never" => thread::sleep(Duration::from_secs(30)),
        "/drip" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            for _ in 0..300 {
                let _ = stream.write_all(b"<p>x</p>");
                thread::sleep(Duration::from_millis(100));
            }
        }
        "/short" => {
            let _ =
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n{PAGE}");
        }
        "/endless" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            let part = vec![b'a'; 1 << 20];
            while stream.write_all(&part).is_ok() {}
        }
        "/headers" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").is_ok() {}
        }
        _ => {
            let _ = stream.write_all(b"\x16\x03\x01 what is this\r\n\r\n");
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let quick = FetchOptions { timeout: Duration::from_secs(2), ..options(folder.path()) };
    let begun = Instant::now();
    let fetched =
        get(&["/never", "/drip", "/short", "/endless", "/headers", "/rubbish"].map(|p| format!("{root}{p}")), &quick);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let of =
        |path: &str| fetched.findings.iter().find(|f| f.place.ends_with(path)).map(|f| (f.code, f.message.as_str()));
    assert_eq!(of("/never").unwrap().0, Code::NotFetched);
    assert_eq!(of("/headers").unwrap().0, Code::NotFetched);
    assert_eq!(of("/rubbish").unwrap().0, Code::NotFetched);
    for cut in ["/drip", "/short", "/endless"] {
        assert_eq!(of(cut).map(|(code, _)| code), Some(Code::TooLarge), "{cut}: {:?}", fetched.findings);
    }
    assert!(read(folder.path()).iter().all(|p| p.bytes.len() <= MOST_PAGE_BYTES));
}

#[test]
fn feeds_sitemaps_and_lists_name_the_pages() {
    let (root, _) = serve("127.0.0.1", |path, headers, stream| {
        let host = format!("http://{}", headers["host"]);
        match path {
            "/robots.txt" => reply(stream, "404 Not Found", "", ""),
            "/feed" => reply(
                stream,
                "200 OK",
                "Content-Type: application/rss+xml\r\n",
                &format!(
                    "<rss><channel><item><link>{host}/a</link></item><item><link>{host}/b</link></item></channel></rss>"
                ),
            ),
            "/sitemap.xml" => reply(
                stream,
                "200 OK",
                "",
                &format!(
                    "<sitemapindex><sitemap><loc>{host}/s2.xml</loc></sitemap><sitemap><loc>{host}/sitemap.xml</loc></sitemap></sitemapindex>"
                ),
            ),
            "/s2.xml" => reply(stream, "200 OK", "", &format!("<urlset><url><loc>{host}/c</loc></url></urlset>")),
            _ => reply(stream, "200 OK", "Content-Type: text/html\r\n", PAGE),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    fs::write(&list, format!("20240503\t7\t{root}/d\n20240503\t8\t{root}/a\n")).unwrap();
    let wanted = Wanted {
        pages: vec![format!("{root}/e#part")],
        feeds: vec![format!("{root}/feed")],
        sitemaps: vec![format!("{root}/sitemap.xml")],
        lists: vec![list.clone()],
    };
    let out = folder.path().join("out");
    let fetched = fetch(&wanted, &options(&out), &|| {}).unwrap();
    assert_eq!((fetched.pages, codes(&fetched)), (5, vec![]), "{:?}", fetched.findings);
    let mut urls: Vec<_> = read(&out).into_iter().filter_map(|p| p.url).map(|u| u.replace(&root, "")).collect();
    urls.sort();
    assert_eq!(urls, ["/a", "/b", "/c", "/d", "/e"]);
}
