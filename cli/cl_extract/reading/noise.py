"""What a line of a page is besides the release: adverts, banners, navigation, comments, links to other stories, appeals, datelines.

Every function answers for one line or paragraph alone; ``layout`` knows what stands around it. The marker words are the tables at the
top: one regular expression a line, in small letters where case says nothing, over the line with typographic quotation marks and dashes made
plain. Most lines need no search: a table is asked of those alone that have one of the words that each of its matches has.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from cl_extract.expressions import IGNORECASE, compiled
from cl_extract.reading.wording import LONGEST_READ, Wording, ends_sentence, plain, word_count, words

_LONGEST_LINE = 400  # Nothing longer is a label, a link or a byline.

# The line is one of these and nothing else, marks and spaces around it aside. What stands first decides.
_WHOLE = {
    "metadata": r"""
-?30-?
-? ?ends? ?-?|ends here|(?:the )?end
#{2,}|\*{3,}|[-_=~*.•\s]{3,}|xxx+
for immediate release|embargo(?:ed)?\b.{0,60}
""",
    "advert": r"""
(?:advertisement|advertising|advert|ad|sponsored|sponsored (?:content|links?)|promoted|paid content|partner content)(?: \d{1,2})?
ad loading|loading(?: ad)?|article content|remove ads?|hide ads?|report (?:this )?ad
(?:story|article) continues (?:below|after (?:this )?advert(?:isement)?)|scroll (?:down )?(?:for more|to continue(?: reading)?)
continue reading|keep reading|read (?:the )?full (?:story|article)|unlock this article|already a subscriber
listen (?:now|live)|now playing|on air now|up next|coming up(?: next)?|watch (?:now|live)|recently played
""",
    "cookies": r"""
(?:your )?(?:privacy|cookies?|consent)(?: (?:settings|preferences|policy|notice|choices|and cookies|on this site))?
manage \d* ?(?:cookies|settings|preferences)
(?:accept|reject|allow|decline)(?: all| additional| optional)*(?: cookies)?|customi[sz]e(?: cookies)?|got it|i agree
""",
    "navigation": r"""
share|share (?:this|on|via|by|with|page)\b.{0,60}|close panel|about sharing
\d+ (?:shares?|likes?|views?|retweets?)
tweet|post|pin|print|e-?mail|save|copy(?: link)?|link copied|bookmark|follow
(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|instagram|messenger|telegram|youtube|tiktok|threads|bluesky)(?: \d[\d,.]*k?)?
(?:follow|like|find|join) us(?: on)?\b.{0,60}|get the app|download (?:the|our) app\b.{0,40}
(?:find|follow|like) .{2,60} on (?:bbc sounds|facebook|twitter|instagram|x|linkedin|youtube|tiktok)\b.{0,160}
(?:skip|jump|go)(?: directly| straight)? (?:to|back to) .{2,40}
back to (?:top|video|news|results)(?: of (?:the )?page)?|(?:top|bottom|end) of (?:the )?page|back to the top.{0,20}
menu|main menu|search|close|open|home|register|log ?in|sign in|subscribe|open modal|toggle \w+|skip advert|feedback
next|previous|prev|(?:next|previous) (?:article|story|post)
(?:show|see|view|load|read) (?:more|all|less)(?: .{0,30})?|more|see all|expand|collapse
(?:view |open |see )?(?:the )?(?:photo |image |picture )?gallery|\d+ (?:pictures|photos|images) in (?:the|this) gallery.*
view \d+ (?:images|photos)|\(?\d+ images?\)?|images?|video
(?:image|picture|photo|media) (?:source|credit|copyright)s?\b.{0,60}|\(?(?:photo|picture|image|pic)s? supplied\b.{0,40}
(?:image|media|video) caption\W*
(?:about (?:a|\d+) |\d+ ?)(?:mins?|minutes?)[ -](?:read|to read)|reading time\W{0,3}\d+ ?(?:mins?|minutes?)|(?:less than )?(?:a|one) min(?:ute)? read
(?:about )?(?:an?|\d+) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago
(?:press|news|media) releases?|press office|breaking(?: news)?|crime|latest(?: news)?|local news
news(?: (?:story|stories|flash|home|and appeals|articles?|room))?
page \d+ of \d+\b.{0,80}|end link|permalink|reply|report|edit
quickly exit this site.{0,80}|leave this site|exit this (?:site|page).{0,40}
printer[- ]friendly(?: version)?|print this page|email this (?:page|article)|text size.{0,20}|listen to (?:this )?article|notification settings
updates? to this page|get emails about this page|the following links open in a new tab|sign up for emails.{0,40}|is this page useful\b.{0,40}
.{2,40}is not responsible for the content of external sites
""",
    "contact": r"""
(?:media )?contacts?(?: us| details| information)?|press contacts?|how to contact us
for (?:more|further) information|report (?:it|online|a crime)
""",
}
# The line begins with one of these.
_OPENING = {
    "advert": r"""
advertisement(?= ?[-:|]|\s+[a-z0-9]|$)|sponsored by\b|in association with\b|brought to you by\b
discover more from\b|subscribe (?:now|today|to|for|from)\b
sign up (?:to|for|now|here|today)\b(?=.{0,80}(?:newsletter|email|alert|updates?|inbox|news|free|latest))
get (?:the|our|all the) (?:latest|best|top|daily|biggest)\b.{0,40}(?:news|stories|inbox|emailed|email|headlines)
become a (?:member|subscriber|supporter)\b|support (?:local|our|independent) (?:journalism|business|news)|enjoying this\b|to continue reading\b
(?:join|follow) (?:our|the|us)\b.{0,60}(?:whatsapp|facebook|channel|community|twitter|instagram)\b
(?:listen|tune in)(?: live)? (?:on|to|at)\b(?=.{0,40}(?:fm|dab|radio|app|smart speaker|podcast))|on air(?: now)?\s*:
watch (?:more|our|the latest|live)\b(?=.{0,60}(?:videos?|shots|freeview|tv\b|youtube|channel))
(?:download|install) (?:the|our)\b.{0,30}\bapp\b|enter your email\b|thank you for (?:subscribing|signing up|reading)\b
by signing up\b|you can unsubscribe\b
""",
    "navigation": r"""
(?:skip|jump)(?: directly)? to\b|share (?:this|on|via)\b(?=.{0,40}$)|rate this page\b
filed under\b|tagged(?: with| in| as)?\s*:|tags?\s*:|topics?\s*:|categor(?:y|ies)\s*:|posted in\s*:?|keywords?\s*:
home\s*(?:[>/|»›→]|\s-\s|\s{2,})|you are here\b|(?:«|»|←|→|<<|>>)
©|\(c\)|copyright(?: ?©| \(c\)| (?:19|20)\d\d| by | of |$)|all rights reserved|powered by\b|page \d+ of \d+
registered in england|registered office|company (?:no|number|registration)\b|vat (?:no|reg)
terms (?:of use|and conditions|& conditions)|privacy (?:policy|statement|notice)
(?:this article is from|a version of this (?:story|article)|for more (?:news|stories|local news)|to (?:read|see) more)\b
view (?:the )?(?:original|comments)\b|view more in\b
https?://\S+$|www\.\S+$|\S+\.(?:jpe?g|png|gif|webp|mp4|pdf)$
this (?:site is a beta|site uses akismet|site is protected by)\b|learn how your comment data\b
quickly exit this site\b|it looks like javascript\b|please enable javascript\b|your browser\b
""",
    "metadata": r"""
(?:file|(?:our |crime )?ref(?:erence)?|case|incident|event|(?:media )?release|issue|doc(?:ument)?)\s?(?:#|no\.?|number|id|ref)?\s?[:#]\s?\S{0,40}$
""",
    "contact": r"""
(?:tel|telephone|phone|e-?mail|fax|mob(?:ile)?|switchboard|twitter|website|web|out of hours|contacts?)(?:\s*:|\s+-\s)
(?:media (?:contact|enquiries|line|office)|press (?:office|contact|enquiries))(?:\s*:|\s+-\s)
(?:for )?(?:media|press) (?:enquiries|inquiries|queries|contacts?)\b
""",
}
# The line has one of these anywhere, and is no longer than a footer or a banner is.
_HOLDING = {
    "cookies": r"""
\b\d+ (?:kinds of |essential |optional )?cookies\b
\baccept all\b.{0,200}\b(?:agree|partners?|cookies|device|consent|reject)
\bpartners\b.{0,60}\b(?:store|process|access)\b.{0,80}\b(?:device|data|information)\b
your (?:cookie )?(?:choices|preferences|settings) have been saved|(?:something went wrong|technical problem)\. please try again
""",
    "navigation": r"""
\ball rights reserved\b|\bregistered in england\b|\bregistered charity (?:no|number)\b|\brate this page\b
[|·] ?(?:print|share|subscribe|advertisement)\b|^.{0,80}\bclick here\b.{0,30}$
""",
    "contact": r"""
^(?=[^@]*@)[\w .,'-]{0,60}\|? ?\b[\w.+-]+@[\w-]+\.[\w.]+$
""",
}
# Every line of that table needs one of these: most lines have none, and need no search.
_HELD = (
    "cookies",
    "accept all",
    "partners",
    "saved",
    "try again",
    "all rights reserved",
    "registered",
    "rate this page",
    "|",
    "·",
    "click here",
    "@",
)
# A line with the word cookie that has one of either list is no release of a bakery, nor of a cannabis raid.
_COOKIE_OWNERS = r"""
\b(?:we|us|our|you|your|this (?:web)?site|this page|partners?)\b
"""
_COOKIE_PLACES = r"""
\b(?:site|website|browser|device|computer|settings?|preferences?|policy|notice|consent|accept|experience|page|work)\b
"""
# A row of these and numbers is a row of buttons.
_BUTTON_WORDS = (
    "share print tweet post email e-mail facebook twitter x whatsapp linkedin reddit pinterest messenger telegram copy link save comment comments "
    "like likes via on shares"
)
_BUTTONS = frozenset(_BUTTON_WORDS.split())
# Lines that open a box of links to other stories; with words after a colon the line is the link itself.
_RELATED = r"""
related (?:[\w']+ ){0,3}(?:news|stories|news stories)$
(?:most|more) (?:read|popular|viewed|shared|commented|news|stories|from|on this story|like this|top stories|in)\b
read (?:more|next|also|this next)\b|see also\b|also read\b|must (?:read|see|watch)\b|don't miss\b
related(?: (?:articles?|stor(?:y|ies)|posts?|news|(?:internet )?links?|content|topics?|coverage|reading|items?))?(?=\s*[:(]|\s*$)
(?:recent|latest|popular|featured|trending|similar|other|recommended|further) (?:posts?|news|stories|articles?|headlines|videos?|reading|now|today)\b
recommended(?: (?:for you|from .{2,30}|posts?|reading|articles?))?$|trending(?: now)?$|editor'?s'? picks?\b|top (?:stories|videos|news|posts)\b
you (?:may|might|could) (?:also )?(?:like|be interested)|what to read next|what others are reading|in other news$|elsewhere (?:on|in)\b
in case you missed it\b|popular (?:now|this week|on)\b|in pictures$|watch next\b|next up$|breaking$
"""
_RELATED_WORDS = words(
    "related most more read see must miss recent latest popular featured trending similar other recommended further editor editors top may might "
    "could what elsewhere case pictures watch next breaking"
)
# Lines that open the readers' comments.
_COMMENTS = r"""
\(?\d[\d,]*\)? ?(?:comments?|responses?|replies|thoughts?|reader comments)(?: (?:on|to|so far)\b.*)?
(?:reader |readers' |your |all |latest |top )?comments? ?\(\d[\d,]*\)|(?:reader|readers'|your|all|user) comments:?|comments?:?
(?:one|two|three|\d+) (?:thoughts?|responses?|comments?|repl(?:y|ies)) (?:on|to)\b.*
leave (?:a|your) (?:reply|comment|response)\b.*|(?:add|post|write|submit) (?:a|your) (?:comment|reply)\b.*
(?:join|start) the (?:conversation|discussion|debate)\b.*|what do you think\??|have your say\b.{0,40}|be the first to comment\b.*
no comments(?: yet)?:?|(?:view|show|see|read|hide|load) (?:all |the |more )?(?:\d+ )?comments?(?: \(\d+\))?
comments (?:are|have been|for this (?:article|post)|off)\b.*
"""
_COMMENTS_WORDS = words("comment comments response responses reply replies thought thoughts conversation discussion debate think say")
# Marks of a comment itself: who wrote, when, and the buttons under it.
_COMMENT_SIGNS = r"""
^(?:reply|permalink|report|like|\d+ likes?|flag|report this comment|cancel reply|upvote|downvote)$
\b(?:says|wrote|said)\s*:$|\b\d{1,2}:\d{2} ?(?:am|pm)?\)?\s*:|\b(?:19|20)\d\d\W{1,4}(?:at )?\d{1,2}[:.]\d{2} ?(?:am|pm)?\s*$
^@\w+|\?\?|!!|\b(?:comments? removed|moderator)\b
"""
# A sentence that tells readers whom to call, write to or visit.
_APPEALS = r"""
\bcrime ?stoppers\b|\bcan be (?:reported|contacted)\b|\bmore information (?:on|about|can be)\b
\b(?:call|ring|dial|phone|text|telephone|contact|speak to|report|e-?mail|message|tell)\b.{0,160}?\b(?:\d{3,6}|police|us|detectives|officers?|garda)\b
\b(?:call|ring|contact|report|e-?mail|message|visit)\b.{0,160}?(?:\bonline\b|\bstation\b|www\.|https?:|\.(?:uk|org|com|ie|ca|nz|au)\b|@)
\b(?:get in touch|make contact|pass(?:ed)?|given?|go)\b.{0,160}?(?:\b(?:\d{3,6}|police|us|online)\b|www\.|https?:|\.(?:uk|org|com|ie|ca|nz|au)\b|@)
\bany(?:one|body) (?:with|who (?:has|have|saw|witnessed|may|might|was|is|knows|recognises)|worried|concerned)\b
\bif you (?:have|know|saw|see|are|think|suspect|recogni[sz]e|would like|want|believe|can help|need)\b|\bif you've\b
\blive chat\b|\banonymous(?:ly)?\b|\bin an emergency\b|\bno personal details\b
\bfor (?:more|further) (?:information|advice|details)\b|\bfor (?:advice|help|support|interviews)\b
\bhelpline\b|\bhotline\b|\bconfidential (?:line|telephone)\b
\b(?:quote|quoting) (?:the )?(?:reference|ref|crime|incident|log|file|case|operation)
\b(?:visit|go to|see) (?:our |the |their |its )?(?:website|web|www\.|https?:|[\w.-]+\.(?:uk|org|com|ie|ca|nz|au)\b)
"""
_APPEAL_WORDS = words(
    "stoppers crimestoppers reported contacted information call ring dial phone text telephone contact speak report email mail message tell visit "
    "touch pass passed give given go anyone anybody you chat anonymous anonymously emergency personal advice details help support interviews "
    "helpline hotline confidential quote quoting see"
)
# What makes a single sentence of the kind above sure.
_SURE_APPEALS = r"""
\b(?:101|999|105|112|911|111)\b|\bcrime ?stoppers\b|www\.|https?:|@|\bhelpline\b|\bonline\b|\.(?:uk|org|com|ie)\b
\bany(?:one|body) with (?:any )?information|\bif you have (?:any )?information|\bfor (?:more|further) information|\bno personal details\b
"""
# Phrases that sell.
_PROMOTIONS = r"""
\b(?:save (?:up to )?(?:\d+%|[£€$]\d)|from (?:just |only )?[£€$]\d|for [£€$]\d+(?:\.\d+)?$|was [£€$]\d+.{0,10}now\b|rated \d(?:\.\d)?/5)
\b(?:(?:book|shop|order|buy|apply|call|switch) (?:now|today|online)\b|limited (?:time|offer)|(?:sale|offer)s? (?:ends|now on)|t&cs?\b)
\b(?:free (?:delivery|trial|quote)|first \d+ (?:weeks|months) for\b|win (?:a|\d+|tickets)\b|until midnight\b|this weekend\b)
\b(?:deposit|broadband)\b|\d+% (?:off|finance)|\+ ?vat\b
"""
_PROMOTION_WORDS = words(
    "save book shop order buy apply call switch limited sale sales offer offers c cs free vat rated deposit midnight weekend weeks months broadband "
    "win"
)
_PRICE = compiled(r"[£€$%](?<=%|(?:save|to|from|just|only|for|was) .)")  # which every phrase without one of the words has
# Words of police work: no advert has them, and no appeal tells of them.
_DEEDS = r"""
\b(?:arrested|arrests|charged|seized|recovered|jailed|sentenced|remanded|executed|convicted|pleaded|safeguarded|fined|bailed|located|confiscated)\b
\b(?:dismantled|closed down|imprison\w+|visited|stopped|searched|found|identified|rescued|surrendered|carried out|issued|trained|delivered|removed)\b
\b(?:was|were|been)(?: \w+ly| also| then)? (?:referred|given|detained|cautioned|spoken to|interviewed|safeguarded|handed in|helped|awarded)\b
"""
_DEED_WORDS = words(  # "imprisoned" and the like aside
    "arrested arrests charged seized recovered jailed sentenced remanded executed convicted pleaded safeguarded fined bailed located confiscated "
    "dismantled closed visited stopped searched found identified rescued surrendered carried issued trained delivered removed "
    "referred given detained cautioned spoken interviewed handed helped awarded"
)

_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_MONTH = rf"\b(?:{_MONTHS})\b\.?"
_WEEKDAY = r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL_DATE = rf"""
(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH},? (?:19|20)\d\d\b
(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? (?:19|20)\d\d\b
\b(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:(?:19|20)\d\d|\d\d)\b
"""
_PART_DATE = rf"""
(?:{_WEEKDAY},? )?(?:{_DAY} {_MONTH}|{_MONTH} {_DAY}\b)
{_WEEKDAY}|{_MONTH} (?:19|20)\d\d\b
"""
_DAY_AND_MONTH = rf"""
\b{_DAY}(?: of)? {_MONTH}|\b{_MONTH} {_DAY}\b
"""
_DATE_WORDS = words(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept sepember september oct october nov november dec december "
    "mon monday tue tueday tues tuesday wed wedday wednes wednesday thu thuday thur thurday thurs thursday fri friday sat satday satur saturday "
    "sun sunday"
)
_DATE_DIGITS = compiled(r"\d[-/.]\d")  # which every date without the name of a month or weekday has
_CLOCKS = r"""
t?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)? ?(?:am|pm|a\.m\.|p\.m\.|z\b|hrs)?(?:[+-]\d{2}:?\d{2})?|\b\d{1,2} ?(?:am|pm)\b
\b(?:gmt|bst|utc|ist|est|edt|cst|cdt|mst|mdt|pst|pdt|nzst|nzdt|aest|aedt|cet)\b
"""
_ISSUED = r"(?:first |last |date |originally )?(?:published|posted|updated|modified|created|issued|released|uploaded|reviewed)"
# Words that only ever stand round a date, an author or a counter in a byline.
_HEADER_WORDS = rf"""
\b{_ISSUED}(?: (?:on|at|by|in))?\b|\b(?:edited|written)(?: by)?\b|\b(?:news|press|media) releases?\b|\bnewsdesk\b
\b\d+ ?(?:mins?|minutes?)[ -]read\b|\bmin read\b|\breading time \d+ mins?\b|\b\d[\d,]* (?:shares?|comments?|views?|likes?)\b|\bpage \d+ of \d+\b
\b(?:date|author|by|on|at|reporter|editor|staff|admin|time|and)\b
"""
_HEADER_STARTS = rf"""
{_ISSUED}\b|date\s*(?:[:\-]|of release|issued|posted|published)|author\s*:|(?:press|news|media) release\s*[:\-|]|release date
page last updated|this page was|the original item was published|version\s*:
"""
_HEADER_START_WORDS = words(
    "published posted updated modified created issued released uploaded reviewed date dateissued dateposted datepublished author release page version"
)
_BYLINES = r"""
(?:(?:written |posted |story |words |report |reported |published |article )?by:? (?-i:(?!The Numbers)[A-Z][\w'.-]*|staff|news)(?: .{0,80})?)
(?:author|reporter|words|source|from|photo(?:s|graph)? by|pictures? by)\s*:\s*\S.{0,80}|issued by .{2,80}
(?-i:(?:[A-Z][\w'.-]*|and|&)(?: (?:[A-Z][\w'.-]*|and|&)){1,8}) [\w.+-]+@[\w-]+\.[\w.]{2,20}
"""


def _any_of(table: str) -> regex.Pattern[str]:
    """One pattern for the lines of a table."""
    return compiled(_joined(table), IGNORECASE)


def _low(table: str) -> regex.Pattern[str]:
    """One pattern for the lines of a table, over text in small letters: a search is five times as fast as one without regard to case."""
    return compiled(_joined(table))


def _by_reason(tables: dict[str, str]) -> regex.Pattern[str]:
    """One pattern for tables by reason, over text in small letters; the group that matched names the reason."""
    return compiled("|".join(f"(?P<{reason}>{_joined(table)})" for reason, table in tables.items()))


def _joined(table: str) -> str:
    return "|".join(line for line in table.split("\n") if line)


_WHOLE_RE, _OPENING_RE, _HOLDING_RE = _by_reason(_WHOLE), _by_reason(_OPENING), _by_reason(_HOLDING)
_COOKIE_OWNER, _COOKIE_PLACE = _low(_COOKIE_OWNERS), _low(_COOKIE_PLACES)
_RELATED_RE, _COMMENTS_RE, _COMMENT_SIGN = _any_of(_RELATED), _any_of(_COMMENTS), _low(_COMMENT_SIGNS)
_APPEAL, _SURE_APPEAL, _PROMOTION, _DEED = _low(_APPEALS), _low(_SURE_APPEALS), _low(_PROMOTIONS), _low(_DEEDS)
_DATE, _ANY_DATE, _WRITTEN_DAY = _any_of(_FULL_DATE), _any_of(_FULL_DATE + _PART_DATE), _low(_FULL_DATE + _DAY_AND_MONTH)
_CLOCK, _HEADER_WORD, _HEADER_START, _BYLINE = _any_of(_CLOCKS), _any_of(_HEADER_WORDS), _any_of(_HEADER_STARTS), _any_of(_BYLINES)
_RELEASED_BY = compiled(r"(?:(?:press|news|media) release|author|issued by)\s*[:\-|]", IGNORECASE)
_SPELT = compiled(r"\w+(?:['.&-]\w+)*")
_SEPARATED = compiled(r"\s*[|•·]\s*|\s{2,}|\s+-\s+|\t+")
_SENTENCE_BREAK = compiled(r"(?<=[.!?])[\"'”’)]*\s+(?=[A-Z“\"‘@#])")
_PHONE = compiled(r"\b(?:\+?\d{1,3}[ -])?\(?0?\d{2,5}\)?(?:[ -]\d{2,4}){1,3}\b|\b1-\d{3}-\d{3}-\w{4}|\b0\d{9,10}\b")
_PART_OF_PHONE = compiled(r"\d(?:\)?[ -]\d\d|\d{9})")
_HELP = compiled(
    r"\b(?:you|your|yourself|please|charity|information|confidential|calls? are|lines? (?:is|are) open|alternatively|#\w+|@\w+)\b", IGNORECASE
)
# A number that counts something: no clock, opening hours, option of a menu, reward or short code, and no part of one with a fraction.
_COUNTING = compiled(
    r"(?<![\w\p{No}£€$.,:/-])(?<!number )(?<!option )(?<! or )(?<!ext )(?:\d{1,2}|\d{1,3}(?:,\d{3})+)"
    r"(?![\w\p{No}:./%-]|,\d| ?(?:hours?|days?|minutes?|mins?|am|pm|per cent)\b| or \d)"
    r"|\b\d{3} (?:people|men|women|children|pupils|students|drivers|staff|residents|businesses|schools)\b"
)
_POLICE = compiled(r"\b(?:police|officers?|arrest\w*|seized|court|charged|detectives?|jailed|warrants?|drugs?|gardaí|gardai|rcmp)\b")
_TRAIL_MARKS = (compiled(r"\s*[>»›→]\s*"), compiled(r"\s+[|·•/]\s+"), compiled(r"\s{2,}"))
_CODE = compiled(r"=>|\bfunction\b ?\w*\(|\bwindow\.|\bvar \w+ ?=|\bdocument\.|\{\s*[\w-]+\s*:|\);|&&|\|\|")
_DIGIT = compiled(r"\d")
_COUNTER = compiled(r"[#(]?\d[\d,.]*k?\)?%?")
_CAPTION_CREDIT = compiled(r"\((?:(?:photo|picture|image|pic|credit|handout|file)\b[^()]{0,60}|[^()]{0,30}\d+ of \d+)\)", IGNORECASE)
_EDGE = " \t.:;,!|·•>»›→←…-*_[]()"
_EDGE_OF_COUNT = _EDGE.translate({ord(mark): None for mark in "()!"})


def noise_reason(line: str) -> str:
    """Why the line, read alone, is no part of the release (a reason of ``Block``), or an empty string where it may be."""
    return "" if len(line) > _LONGEST_LINE else _reason(line)


@lru_cache(maxsize=4096)
def _reason(line: str) -> str:
    written = plain(line).replace("\n", " ").strip()
    text = written.lower()
    core = text.strip(_EDGE)
    if not core:
        return "metadata"
    found = _WHOLE_RE.fullmatch(core) or (_WHOLE_RE.fullmatch(text) if core != text else None) or _OPENING_RE.match(text)
    if not found and any(map(text.__contains__, _HELD)):
        found = _HOLDING_RE.search(text)
    if found:
        return found.lastgroup or ""
    if "cookie" in text and _COOKIE_OWNER.search(text) and _COOKIE_PLACE.search(text) and not _DEED.search(text):
        return "cookies"
    if _PHONE.fullmatch(text):
        return "contact"
    if _COUNTER.fullmatch(text):
        return "navigation"
    if _CAPTION_CREDIT.fullmatch(text):
        return "navigation"
    if _is_trail(written) or _is_button_row(text):
        return "navigation"
    return ""


def _is_button_row(text: str) -> bool:
    """Whether the line is nothing but the names of buttons with their counts."""
    words = [word for part in text.split() if (word := part.strip(_EDGE + "&/"))]
    return any(word in _BUTTONS for word in words) and all(word in _BUTTONS or _COUNTER.fullmatch(word) for word in words)


def _is_trail(text: str) -> bool:
    """Whether the line is a row of short labels: a menu, a breadcrumb trail, a list of places."""
    if len(text) < 5 or _DIGIT.search(text) or ends_sentence(text):
        return False
    for separator in _TRAIL_MARKS:
        parts = [part for part in separator.split(text) if part]
        if len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts):
            return True
    return False


def opens_related(line: Wording) -> bool:
    """Whether the line opens a box of links to other stories, or is such a link ("READ MORE: …")."""
    if _RELATED_WORDS.isdisjoint(line.words):
        return False
    text = line.plain.strip(" \t*_#>")
    if len(text) > 200 or not (match := _RELATED_RE.match(text)):
        return False
    rest = text[match.end() :].lstrip()
    return not rest or rest[0] in ":|-(" or (word_count(rest) <= 4 and not ends_sentence(rest))


def is_link_line(line: Wording) -> bool:
    """Whether the line that ``opens_related`` names its story itself, so that what follows need not be another link."""
    head, colon, rest = line.plain.partition(":")
    return bool(colon) and word_count(head) <= 4 and word_count(rest) >= 3


def opens_comments(line: Wording) -> bool:
    """Whether the line is the head of the readers' comments."""
    if _COMMENTS_WORDS.isdisjoint(line.words):
        return False
    text = line.plain.strip().strip(_EDGE_OF_COUNT)
    return len(text) <= 200 and _COMMENTS_RE.fullmatch(text) is not None


def is_comment_sign(line: Wording) -> bool:
    """Whether the line bears a mark that only comments have (a button, a user name with the time)."""
    return _COMMENT_SIGN.search(line.plain[:300].lower()) is not None


def is_promotion(line: Wording) -> bool:
    """Whether the line sells something and tells of no police work, for a line that stands next to the word advertisement."""
    return len(line.text) <= 300 and _PROMOTION.search(line.low) is not None and not _POLICE.search(line.low)


def is_sale(line: Wording) -> bool:
    """Whether the line sells something where nothing marks it as an advert: at least two selling phrases, and no police work."""
    if len(line.text) > 200 or (_PROMOTION_WORDS.isdisjoint(line.words) and not _PRICE.search(line.low)):
        return False
    return not _tells_of_deeds(line) and not _POLICE.search(line.low) and len(_PROMOTION.findall(line.low)) >= 2


def _tells_of_deeds(line: Wording) -> bool:
    return (not _DEED_WORDS.isdisjoint(line.words) or "imprison" in line.low) and _DEED.search(line.low) is not None


def is_appeal(line: Wording) -> bool:
    """Whether the paragraph only tells readers whom to contact. One that writes a date or tells of a deed is not."""
    text = line.plain
    if not 12 <= len(text) <= LONGEST_READ:
        return False
    numbered = _PART_OF_PHONE.search(text) is not None
    if not numbered and _APPEAL_WORDS.isdisjoint(line.words):
        return False
    if _COUNTING.search(_PHONE.sub("", text) if numbered else text) or _tells_of_deeds(line):
        return False
    if text.lstrip()[:1] in tuple("£€$") and not _PHONE.search(text):
        return False  # "£30,000 for a helpline"
    sentences = [sentence for sentence in _SENTENCE_BREAK.split(text) if sentence.strip()]
    telling = [_APPEAL.search(sentence.lower()) is not None or _PHONE.search(sentence) is not None for sentence in sentences]
    if len(sentences) == 1:
        only = telling[0] and (_PHONE.search(text) is not None or _SURE_APPEAL.search(line.low) is not None)
    else:
        rest = [sentence for sentence, tells in zip(sentences, telling, strict=True) if not tells]
        only = 2 * len(rest) <= len(sentences) and all(_HELP.search(sentence) or word_count(sentence) <= 6 for sentence in rest)
    return only and not (_may_be_dated(line) and _WRITTEN_DAY.search(line.low))


def _may_be_dated(line: Wording) -> bool:
    """Whether the line has the name of a month or a weekday, or digits as a date that is told by them alone has."""
    return not _DATE_WORDS.isdisjoint(line.words) or _DATE_DIGITS.search(line.low) is not None


def is_code(line: str) -> bool:
    """Whether the line is a script that the page's text was not cleaned of."""
    head = line[:2000]
    marks = sum(map(head.count, "{};=()"))
    return marks * 20 >= len(head) >= 30 and _CODE.search(head) is not None


def opens_header(line: Wording) -> bool:
    """Whether the line begins as a header line does ("Published …", "Last updated …")."""
    return not _HEADER_START_WORDS.isdisjoint(line.words) and _HEADER_START.match(line.plain[:60].strip()) is not None


def is_dateline(line: Wording, *, header: bool) -> bool:
    """Whether the line is a date with what stands round it, or a byline. ``header`` tells that it stands before the first paragraph."""
    if not 4 <= len(line.text) <= 220:
        return False
    text = line.plain.strip().strip("[]()")
    started = not _HEADER_START_WORDS.isdisjoint(line.words) and _HEADER_START.match(text) is not None
    may = _may_be_dated(line)
    dated = may and _DATE.search(text) is not None
    if not dated and not (header and may and _ANY_DATE.search(text)):
        return not ends_sentence(text) and (_is_byline(line, text, started=started) or (header and _is_time(text)))
    words = _besides_date(text)
    if not words:
        return True
    parts = [part for part in _SEPARATED.split(text) if part]
    if any(_HEADER_START.match(part) and _DATE.search(part) and not _besides_date(part) for part in parts):
        return True
    if any(word[0].isdigit() for word in words) and len(parts) < 3:
        return False
    if started or _BYLINE.match(text):
        return len(words) <= 10
    if len(parts) >= 2 and (dated or header):
        return any(not _besides_date(part) for part in parts) and len(words) <= (3 if " - " in text else 4)
    if not header or not dated or ends_sentence(text) or len(words) > 3 or any(word[0].islower() for word in words):
        return False
    first, last = _ANY_DATE.match(text), _DATE.search(text)
    if first is not None:
        return not text[first.end() :].lstrip().startswith(":")
    return last is not None and text[: last.start()].rstrip().endswith((",", "-", "(", ":"))


def _is_byline(line: Wording, text: str, *, started: bool) -> bool:
    """Whether a line without a date names an author, or begins as a header line does (``started``) and ends there."""
    if started and (word_count(text) <= 2 or (_RELEASED_BY.match(text) is not None and word_count(text) <= 8)):
        return True
    return ("by" in line.words or ":" in text or "@" in text) and _BYLINE.fullmatch(text) is not None


def _is_time(text: str) -> bool:
    """Whether the line is nothing but times of the day and time zones."""
    return _CLOCK.match(text.lstrip(" -,")) is not None and not _CLOCK.sub("", text).strip(" -,")


def _besides_date(text: str) -> list[str]:
    """The words of a header line that are no date, time or word that stands round one."""
    return _SPELT.findall(_HEADER_WORD.sub(" ", _CLOCK.sub(" ", _ANY_DATE.sub(" ", text))))
