"""Pages written for tests, with everything around an article that pages have."""

from __future__ import annotations

FIRST = (
    "The ferry company halted all crossings on Tuesday after two boats had collided off the pier, "
    "the harbour office said."
)
SECOND = (
    "Its managers met the harbour authority in the evening, and Mara Quay, a spokeswoman, said "
    "that nobody had been hurt."
)
THIRD = (
    "Islanders complained that the shops were running out of bread, while the company promised a "
    "boat with food for Thursday."
)
TEASER = "Mountain village wins its twenty-year fight over the only road, judges say"
CAPTION = "The pier at Port Ellen after the collision, which a passenger said was loud."
POST = "We saw both boats turn at the last moment and nobody answered the radio"
COOKIES = "We use cookies to make this site better, and the council said they are harmless."
COMMENT = "A reader wrote that the company had lied about the boats for many years now, truly."

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Ferries halted after collision | Quay Post</title>
<meta property="og:site_name" content="Quay Post">
<meta property="og:title" content="Ferries halted after collision">
<link rel="canonical" href="https://quay.example/ferries">
<script type="application/ld+json">{{"@type": "NewsArticle",
 "headline": "Ferries halted after collision", "datePublished": "2031-03-12T08:00:00Z",
 "dateModified": "2031-03-12T09:30:00Z", "author": [{{"name": "Jo Reef"}}, {{"name": "Al Tarn"}}],
 "publisher": {{"name": "Quay Post"}}}}</script>
<style>.x {{ color: red }}</style><script>
var hidden = "The minister said this is a script.";</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-banner"><p>{COOKIES}</p></div>
<main><article class="story">
<h1>Ferries halted after collision</h1>
<p class="byline">By Jo Reef and Al Tarn</p>
<div class="article-body">
<p>{FIRST}</p>
<figure><img src="pier.jpg"><figcaption>{CAPTION}</figcaption></figure>
<p>{SECOND}</p>
<div class="related-stories"><h4>Read more</h4>
<ul><li><a href="/road">{TEASER}</a></li></ul></div>
<blockquote class="twitter-tweet"><p>{POST}</p>&mdash; Ana Ruk (@anaruk)
<a href="https://twitter.com/anaruk/status/1">March 11, 2031</a></blockquote>
<p style="display: none">The mayor said that this is hidden text which nobody can see at all.</p>
<p>{THIRD}</p>
</div></article>
<section id="comments"><p>{COMMENT}</p></section></main>
<footer><p>© 2031 Quay Post. All rights reserved.</p></footer>
</body></html>"""
