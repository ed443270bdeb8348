"""Words and marks that give the kind of a line away: a table of patterns per kind."""

from __future__ import annotations

import re
from typing import Final

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE: Final = (
    rf"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d))"
)
_AGENCY: Final = (
    r"(?:AP|AFP|UPI|DPA|ANI|PTI|EFE|TASS|BBC|CNN|NPR|PA|Reuters|Bloomberg|Xinhua|Interfax"
    r"|(?:The )?Associated Press|Agence France-Presse|[A-Z][\w.]+ (?:News|Times|Post|Today))"
)
_NAME: Final = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|la)){1,4}"

PROMO: Final = re.compile(
    r"(?:read (?:more|also|next|on|full story)|also read|see also"
    r"|more (?:on this|from|news|stories)"
    r"|related(?: (?:stor(?:y|ies)|articles?|news|coverage|content|topics?|links?))?"
    r"|recommended(?: (?:stor(?:y|ies)|articles?|reading|for you))?"
    r"|you (?:may|might) (?:also )?(?:like|be interested)|don['’]t miss|editor['’]?s['’]? picks?"
    r"|most (?:read|popular|viewed)|trending(?: now)?|up next|top stories|in other news"
    r"|watch(?: (?:now|live|more|the video|video|this))?|listen(?: now)?"
    r"|in pictures|live (?:updates|blog))\s*[:|»>–—]",
    re.IGNORECASE,
)
PROMO_LABEL: Final = re.compile(
    r"(?:read more|read also|related (?:stories|articles|coverage|content)|recommended"
    r"|most (?:read|popular)|trending(?: now)?|top stories|you (?:may|might) also like"
    r"|more (?:stories|from .{2,40})|(?:story|article) continues below.{0,30})[.:]?$",
    re.IGNORECASE,
)
NEWSLETTER: Final = re.compile(
    r"(?:sign up (?:for|to|here)|subscribe to|get (?:the|our) (?:latest|best|top|free|daily)"
    r"|join our|download (?:the|our) .{0,30}app|(?:delivered|sent) (?:straight )?to your inbox"
    r"|.{0,60}\bin your inbox\b|stay (?:informed|up to date|on top of)"
    r"|want (?:more|the latest) .{0,60}\?|support (?:our|independent) journalism)",
    re.IGNORECASE,
)
BOILERPLATE: Final = re.compile(
    r"(?:©|\(c\)\s*\d{4}|copyright\b.{0,12}(?:©|\d{4}|by\b)|.{0,120}\ball rights reserved\b"
    r"|.{0,80}\bmay not be (?:published|reproduced|copied|redistributed)\b"
    r"|(?:we|this (?:web)?site|our (?:web)?site) uses? cookies|.{0,60}\b(?:cookie|privacy) policy\b"
    r"|accept (?:all )?cookies|(?:terms|conditions) of (?:use|service)|privacy (?:policy|notice)"
    r"|share (?:this|on|via|with)\b.{0,60}$|share$|(?:e-?mail|print|tweet|save|comments?)(?: this)?"
    r"(?: (?:article|story|page))?(?: \(\d+\))?$|(?:log|sign) in\b.{0,40}$|register(?: now)?$"
    r"|skip to (?:main )?content|(?:back to|go to) top|click (?:here|on)\b.{0,80}$"
    r"|advertisements?[.:]?$|sponsored(?: content)?$|ad$|loading\.{0,3}…?$|menu$|home$|search$"
    r"|(?:follow|like|find) (?:us|me|him|her|[A-Z]\w+(?: [A-Z]\w+)?) on (?:twitter|facebook"
    r"|instagram|x|telegram|youtube|social|linkedin)|read (?:the )?(?:rest|full (?:story|article))"
    r"|[(\[](?:additional )?(?:reporting|writing|editing|compiled|edited) by .{3,200}"
    rf"|(?:additional )?(?:reporting|writing|editing|compiled|edited)(?: and \w+)? by"
    rf" (?-i:{_NAME})(?:(?: in| and|,|;| &) .{{1,150}})?[.)]*$"
    r"|[(\[—-]*\s*(?:with )?additional reporting (?:by|from)\b|.{3,200}\bcontributed (?:reporting"
    r"|to this (?:report|story|article))\b"
    r"|this (?:article|story|report|post) (?:was|has been|is|first|originally|appeared|contains)"
    r" (?:originally |first |last |also |been )*(?:published|updated|amended|corrected|syndicated"
    r"|republished|reprinted|produced|written|translated|adapted|appeared|part of|from)"
    r"|categor(?:y|ies):|tags?:|topics?:|filed under|(?:our|thomson reuters) (?:standards|trust)"
    r"|https?://\S+$|www\.\S+$|\[edit\]$)",
    re.IGNORECASE,
)
SOURCE_HEADING: Final = re.compile(
    r"(?:sources?|references?|related (?:news|articles|links|stories)|external links?"
    r"|sister links?|further reading|bibliography|footnotes|see also|notes and references)\s*:?$",
    re.IGNORECASE,
)
SOURCE_ENTRY: Final = re.compile(
    rf"(?:{_NAME}(?:,? (?:and|&) {_NAME})?[.,] )?[\"“].{{8,240}}[\"”]\s*[—–-]+\s*"
    rf".{{2,80}}, {DATE}(?:\W.{{0,40}})?$",
    re.IGNORECASE,
)
BYLINE: Final = re.compile(
    rf"(?:(?:[Bb]y|BY|[Ww]ritten by|[Ww]ords by|[Ff]rom) {_NAME}(?:(?:,| and| &|,? in) {_NAME}"
    rf"|,? (?:in|for|at|of) .{{2,40}}|[,|–—-] ?.{{2,60}})*"
    rf"|{_NAME}(?:(?: and|,| &) {_NAME})*,? (?:[|–—-] )?\(?{_AGENCY}\)?"
    rf"|{_NAME},? .{{0,40}}(?:[Cc]orrespondent|[Rr]eporter|[Ss]taff [Ww]riter|[Ee]ditor))$"
)
DATE_LINE: Final = re.compile(
    rf"(?:[(\[]?(?:(?:first |last |originally )?(?:published|updated|posted|modified|issued)"
    rf"(?: on| at)?[:\s]+)?(?:\d{{1,2}}[:.]\d\d.{{0,12}}\s)?{DATE}"
    rf"(?:[\s,|·•–—-]*(?:at )?\d{{1,2}}[:.]?\d{{0,2}}.{{0,20}})?[)\]]?"
    rf"|(?:published|updated|posted)\b.{{0,40}}\d.{{0,40}}"
    rf"|\d+ (?:min(?:ute)?s?|hours?|days?) ago|\d+ min(?:ute)?s? read)$",
    re.IGNORECASE,
)
CREDIT: Final = re.compile(
    r"(?:\b(?i:image|photo(?:graph)?|picture|pic|video|audio|graphic|map|illustration|file"
    r"|photo credit|image credit|credits?)(?: (?:credit|by|courtesy(?: of)?|via|from))*:\s.{1,70}"
    r"|[(\[|/—–-]\s*(?:[Pp]hoto|[Ii]mage|[Pp]icture|[Ff]ile|[Cc]ourtesy|[Cc]redit)\b.{0,70}"
    r"|[(\[|/—–-]\s*.{0,60}\b(?:AFP|AP|EPA|Getty Images|Shutterstock|Reuters|Getty|iStock)"
    r"(?: Photo| via .{2,30})?[)\]]?"
    r"|/ ?(?:AFP|AP|EPA|Getty|Reuters)\b.{0,40}|\b[Ff]rom file(?:, \d{4})?|(?:AP|REUTERS) Photo"
    r"|Getty/\w+|\bGetty Images)[.)\]]*$"
)
CAPTION_LABEL: Final = re.compile(
    r"[(\[]?(?:(?:image|photo|picture|video|graphic)(?: caption| credit| source| by)?\s*:"
    r"|(?:image|media|picture|photo) caption\b|caption:|file (?:photo|image|picture|pic)\b"
    r"|\[(?:image|photo|picture|video)\b|pictured?(?: above| below)?:|photo by\b|above:|left:)",
    re.IGNORECASE,
)
CODE: Final = re.compile(
    r"(?:</?[a-z][\w-]*(?:\s[^<>]{0,300})?/?>\s*\.?$|<(?:script|style|div|iframe|!--|svg)\b"
    r"|(?:var|let|const)\s+\w+\s*=|function\s*\w*\s*\(|\(function\b|window\.\w+|document\.\w+\("
    r"|\$\(\S+\)\.|@(?:media|import|font-face)\b.{0,60}[{;]|[.#]?[\w-]+\s*\{\s*[\w-]+\s*:"
    r"|\{\s*\"\w+\"\s*:|\[\[?(?:file|image|category):|\{\{\w+|googletag\.|dataLayer)",
    re.IGNORECASE,
)
SAYING: Final = re.compile(
    r"\b(?:said|says|told|tweeted|posted|added|adding|announced|claimed|claims|stated|reported"
    r"|according to"
    r"|warned|denied|accused|wrote|asked|insisted|argued|explained|confirmed|called|noted|believes?"
    r"|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)
QUOTED: Final = re.compile(r"[\"“”«»]|(?:^|\s)[‘']\w")
FIRST_PERSON: Final = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Oo]ur|[Mm]y|me|us)\b")
# A word that only a finite verb would be, in the past or with an auxiliary: where a line has
# none it names a thing and tells nothing.
VERBAL: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|may|might"
    r"|shall|should|must|says?|said|told|made|makes?|went|goes|took|takes?|came|comes?|gave|gives?"
    r"|left|found|got|gets?|met|won|wins?|lost|began|begins?|held|holds?|kept|saw|sees?|led|leads?"
    r"|put|puts|set|sets|shot|sent|stood|thought|felt|knew|ran|runs?|fell|brought|bought|sold|paid"
    r"|spoke|wrote|rose|grew|broke|drove|struck|[a-z]{2,}(?:ed|n['’]t)|(?:it|that|he|she|who|what)['’]s"
    r"|[a-z]+['’](?:re|ve|ll|d|m)|(?:also|now|still|often|never) [a-z]+s?"
    # A third person singular: an s before an object, an infinitive or a clause.
    r"|[a-z]{2,}(?<![su])s (?:the|an?|to|that|his|her|its|their|it|them|how|why|what|almost|more"
    r"|about|not|no|every\w+|[A-Z]\w+|\d[\d,.]*)|meets?|aims?|plans to"
    r"|includes?|remains?|shows?|seems?|appears?|helps?|wants?|needs?|knows?|thinks?|expects?"
    r"|[Ii]|you|we|they|he|she|it)\b"
)
