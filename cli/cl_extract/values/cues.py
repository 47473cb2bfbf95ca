"""The words that tell what a number is: qualifiers, and what stands before and after ages, references, telephone numbers and the rest.

All are lower-cased as in ``Tokens.low``. They belong to the grammar of figures, not to any measure: the vocabularies of measures are the packs'.
"""

from __future__ import annotations

from decimal import Decimal

from cl_extract.model import Qualifier
from cl_extract.values.units import ARTICLE_UNITS, CODES, POUNDS, SIGNS
from cl_extract.values.vocabulary import NUMBER_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---- Qualifiers (record.md) ------------------------------------------------------------------------------------------------------------

PHRASES: dict[Qualifier, str] = {
    "over": "more than|over|in excess of|upwards of|upward of|exceeding|exceeded|exceeds|a little over|a bit over|north of|above|greater than",
    "at_least": "at least|a minimum of|minimum of|no fewer than|no less than|not less than|not fewer than",
    "nearly": "nearly|almost|just under|just short of|close to|a little under|just below|a fraction under|a shade under|a bit under|approaching",
    "under": "under|less than|fewer than|below|lower than|well under",
    "at_most": "up to|as many as|as much as|no more than|not more than|a maximum of|maximum of|at most|not exceeding|anything up to",
    "about": "about|around|approximately|approx|approx .|roughly|some|an estimated|estimated|estimated at|estimated to be|in the region of|"
    "something like|circa|c .|ca .|ca|in the order of|~|an approximate",
}
QUALIFIERS: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
for _qualifier, _phrases in PHRASES.items():
    for _phrase in _phrases.split("|"):
        QUALIFIERS.setdefault(_phrase.split()[-1], []).append((tuple(_phrase.split()), _qualifier))
for _entries in QUALIFIERS.values():
    _entries.sort(key=lambda entry: -len(entry[0]))
DEGREES = _words("well just slightly far significantly considerably somewhere comfortably")
POSTPOSED: dict[str, Qualifier] = {
    "so": "about", "thereabouts": "about", "more": "at_least", "over": "at_least", "above": "at_least", "fewer": "at_most", "less": "at_most",
    "under": "at_most",
}  # fmt: skip
# "pulled over 30 cars", "asked about three men", "sentences adding up to 40 years": here the word belongs to the verb before it.
PARTICLES = {
    "over": _words("handed hand handing pulled pull pulling turned turn turning"),
    "about": _words("information asked ask told talk talks talking spoke speak spoken know worried concerns complaints calls reports questions"),
    "to": _words("add adds added adding adds totted"),
    "under": _words("held placed came"),
}
# "jailed for over 12 years" is a term of more; "over two days" is when.
TERM_BEFORE_OVER = _words("for of to totalling totaling well just received got serve served total than")
EXPANSES = _words("floors floor storeys stories rooms levels pages acres")
# "an estimated street value of £20,000": the estimate holds for the sum, though the words between are not part of it.
ESTIMATE = _words("street value total potential retail market worth of to be at combined resale wholesale a an the cost have made earned in")

# ---- Words that tell what a number is ---------------------------------------------------------------------------------------------------

FUNCTION = _words(
    "was were is are be been being has have had who whom whose of from at in on and or to for with by both all respectively will would could "
    "can should must may might appeared pleaded admitted denied remain remains but as while when if because after before during than that "
    "which per the their his her its our your a an also now later then so yesterday today tonight not since until arrested charged jailed "
    "sentenced formerly each without under over into through between no there it he she they we you i"
)
NEARLY_UNDER = _words("just little fraction shade bit well")
PERSONS = _words(
    "man woman lady gentleman boy girl child male female teenager youth teen driver pensioner suspect youngster lad student model father mother son "
    "daughter brother sister husband wife"
)
PERSONS_PLURAL = _words("men women boys girls males females teenagers youths brothers sisters suspects defendants people")
VERBS_OF_PERSON = _words("was who has had appeared pleaded received admitted must got is will denied")
ELAPSED = _words("later ago earlier")
SINCE = ELAPSED | {"after", "before"}
LATER = SINCE | {"on"}
THAN = _words("more as higher faster greater larger bigger less the")

CALLING = _words("call calls calling ring ringing dial dialling dialing phone phoning telephone tel text texting fax mobile phoned ext extension")
HANDSETS = frozenset({"phone", "mobile", "telephone"})  # "using a handheld phone: 302" counts drivers
ALARMS = frozenset({"101", "999"})
HELPLINES = frozenset({"61016", "116000", "116006", "116111", "116123"})
EMERGENCY = ALARMS | {"111", "112", "911", "105", "000"}
ON_CALL = CALLING | _words("on via using use number contact through always by or")
OFF_CALL = _words("call calls caller callers operator operators emergency system line number numbers text online service")
PHONE_RUNS = frozenset({(3, 3, 4), (1, 3, 3, 4), (3, 4), (1, 3, 3), (4, 3, 3)})

# A label before digits makes them a reference ("section 18"), the guarded ones not after a determiner ("in one incident 12 people").
LABELS_GUARDED = _words("incident unit flat room platform phase gate channel apartment terminal option junction tier suite cad bay cell")
LABELS = LABELS_GUARDED | _words(
    "section sections log reference ref quoting quote number no nos schedule regulation regulations highway route routes page pages rooms flats "
    "junctions paragraph clause grade occurrence apt article appendix covid isbn version"
)
# These only with a capital letter ("Class 1", "Act 1996"): in small letters they are ordinary nouns.
LABELS_CAPITAL = _words(
    "class file case part stage step level zone lot exit day week round block table figure volume vol issue act pc dc ds pcso war bill "
    "quarter units bbc radio itv sky windows iphone ipad xbox playstation galaxy boeing airbus glock honda yamaha suzuki kawasaki ktm bmw "
    "peugeot mazda samsung chapter interstate motorway formula series episode season category pier form annex building house plot top rule "
    "mark"
)
LABELS_WORDED = _words("day number phase part step square stage war platform unit room section chapter tier page year class radio bbc level")
DETERMINERS = _words("one this that each every same another a an the first second third single any his her their our its")
REFERENCES = _words("reference ref number no case file crime incident log occurrence cad quote quoting id")
ABBREVIATED = _words("no nos ref reg op")
RECENT = _words("last this past per a each that the next previous same financial every one first new final calendar")
AFTER_MODEL = _words("plate plates registration reg model edition")
AGED = frozenset({"aged", "age", "ages", "turned", "turning"})
AGE_SKIP = _words("between from just only under over about around of approximately mainly mostly at least up to the those mid late early as")
AGE_PREFIXES = _words("under over mid early late the pre")
AGE_JOINTS = frozenset({",", "and", "or", "to", "-", "&", "a"})
STREETS = _words(
    "street road avenue lane close drive way crescent terrace place court gardens square grove hill park row mews walk parade rise view quay "
    "wharf st rd ave blvd boulevard parkway circle broadway"
)
GUNS = _words(
    "ammunition ammo pistol pistols handgun handguns round rounds bullet bullets calibre caliber semi self glock luger browning blank "
    "makarov cartridge cartridges converted submachine firearm firearms gun guns beretta smg parabellum baikal rifle rifles revolver "
    "revolvers live machine automatic"
)
CONTAINERS = _words(
    "pouches bags blocks packages packets packs tubs bars bricks wraps deals sachets boxes parcels tins jars bottles canisters cylinders bundles "
    "containers cans drums"
)
METRES = _words("high tall long wide deep away from radius x square squared below above exclusion cordon sprint race freestyle down up")
RUNS = _words("run runs race walk walks runner runners")
CASH = _words("cash money notes coins damage criminal assets funds fines compensation profit profits stolen goods savings debt income")
WEIGH = _words("weighing weighed weighs weigh weight")
JAIL = _words("jailed sentenced imprisoned jail prison sentence custody detained locked serve serving served imprisonment bars")
TIME_BEFORE = _words("at by from until till since around about and to between on the before after just circa")
HOURS = _words("hours hrs hour hr")
CLOCK_WORDS = _words("am pm hrs hours bst gmt")
CURRENCY_WORDS = _words("euro euros dollar dollars")
NETWORKS = frozenset({2, 3, 4, 5})  # "5G"
SCAN_LINES = frozenset({480, 720, 1080, 1440, 2160})  # "1080p"
IMPERIAL = POUNDS | _words("lb lbs stone")
SCALE_WORDS = _words("thousand million billion k m mn bn")
ROUND = frozenset(Decimal(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000))
SUPERLATIVES = _words("most first top leading few main key only best worst many ways reasons several number kind host")
NOT_SUPERLATIVE = _words("arrest west northwest southwest east guest request protest interest latest rest")
NOT_ONE_BEFORE = _words("no any every each this that which such number day square loved")
NOT_ONE_AFTER = _words("another off thing way by can could should would must may might roof")

HYPHENS = frozenset("-‐‑")
URL_MARKS = frozenset("/@_=&\\~%?")
REFERENCE_MARKS = frozenset("/-._:@&=~\\%?*")
GLUED_WORDS = _words("st nd rd th s k m mn mln bn tn a p")

ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
)
ORDINALS = dict(zip(ORDINAL_WORDS.split(), [*range(1, 21), *range(30, 101, 10)], strict=True))
TIMES = {"twice": Decimal(2), "double": Decimal(2), "doubled": Decimal(2), "triple": Decimal(3), "tripled": Decimal(3), "thrice": Decimal(3)}
STARTS = NUMBER_WORDS | SIGNS.keys() | CODES.keys() | ORDINALS.keys() | TIMES.keys() | ARTICLE_UNITS
