"""The grammar of figures as tables: a phrase, and every figure in it as "words: kind value unit qualifier /rate"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cl_extract.model import Figure, FigureKind
from cl_extract.values.figures import scan_figures
from cl_extract.values.tokens import tokenise


def tell(text: str, taken: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """The figures of ``text`` in the notation of the tables."""
    tokens = tokenise(text)
    told = []
    for figure in scan_figures(tokens, taken):
        words = text[tokens.start[figure.first] : tokens.end[figure.last - 1]]
        told.append(f"{words}: {' '.join(part for part in parts(figure) if part)}")
    return told


def parts(figure: Figure) -> list[str]:
    high = "" if figure.high is None else f"..{figure.high:f}"
    qualifier = "" if figure.qualifier in {"exact", "range"} else figure.qualifier
    per = f"/{figure.per}" if figure.per else ""
    return [figure.kind.value, f"{figure.value:f}{high}", figure.unit or "", qualifier, per, "attributive" if figure.attributive else ""]


# Counts, in digits and words.
COUNTS: list[tuple[str, list[str]]] = [
    ("1,482 people were arrested", ["1,482: count 1482"]),
    ("1482 people arrested", ["1482: count 1482"]),
    ("13412 vehicles were stopped", ["13412: count 13412"]),
    ("1 135 offences", ["1 135: count 1135"]),
    ("1 135 offences", ["1 135: count 1135"]),
    ("twenty-three wraps of heroin", ["twenty-three: count 23"]),
    ("FOURTEEN people", ["FOURTEEN: count 14"]),
    ("one hundred and five plants", ["one hundred and five: count 105"]),
    ("two thousand and six cannabis plants", ["two thousand and six: count 2006"]),
    ("forty one men", ["forty one: count 41"]),
    ("a hundred officers", ["a hundred: count 100"]),
    ("a dozen phones", ["a dozen: count 12"]),
    ("two dozen plants", ["two dozen: count 24"]),
    ("half a dozen bags", ["half a dozen: count 6"]),
    ("a pair of swords", ["a pair of: count 2"]),
    ("a pair of gloves", []),
    ("46 million illegal cigarettes", ["46 million: count 46000000"]),
    ("more than 619.1m cigarettes were seized", ["more than 619.1m: count 619100000 over"]),
    ("87k pills and 4.5M tablets", ["87k: count 87000", "4.5M: count 4500000"]),
    ("5 thousand tablets", ["5 thousand: count 5000"]),
    ("a quarter of a million cigarettes", ["a quarter of a million: count 250000"]),
    ("half a million tablets", ["half a million: count 500000"]),
    ("2019 plants seized", ["2019: count 2019"]),
    ("One man was charged", ["One: count 1"]),
    ("one of them a child", ["one: count 1"]),
    ("one of our officers was hurt", ["one: count 1"]),
    ("one of three men", ["one: count 1", "three: count 3"]),
    ("heroin,94 deals of cocaine,31 wraps", ["94: count 94", "31: count 31"]),
    ("38 x 50g pouches of tobacco", ["38 x: count 38", "50g: mass 50 g attributive"]),
    ("2x machetes and 3 x knives", ["2x: count 2", "3 x: count 3"]),
    ("another dozen people", ["dozen: count 12"]),
    ("Of the arrests, 118 were for drink-driving", ["118: count 118"]),
    ("(2016: 15,020)", ["2016: reference 2016", "15,020: count 15020"]),
    ("a 40-strong team", ["40-strong: count 40 attributive"]),
    ("517 ‘non-compliant’ vapes", ["517: count 517"]),
    ("Seized: 12, 14 and 9 knives", ["12: count 12", "14: count 14", "9: count 9"]),
    ("In London, 45 people were held; in Leeds, 12 of them", ["45: count 45", "12: count 12"]),
    ("111 knives", ["111: count 111"]),
]

# The qualifiers of record.md, and words that only look like them.
QUALIFIERS: list[tuple[str, list[str]]] = [
    ("more than 250 people", ["more than 250: count 250 over"]),
    ("over 16,500 arrests", ["over 16,500: count 16500 over"]),
    ("well over 200 plants", ["well over 200: count 200 over"]),
    ("just over 300 officers", ["just over 300: count 300 over"]),
    ("in excess of 14,500 rounds", ["in excess of 14,500: count 14500 over"]),
    ("upwards of 430 of whom", ["upwards of 430: count 430 over"]),
    ("exceeding 20 addresses", ["exceeding 20: count 20 over"]),
    ("at least 150,000 tablets", ["at least 150,000: count 150000 at_least"]),
    ("a minimum of 4 officers", ["a minimum of 4: count 4 at_least"]),
    ("50-plus guns", ["50-plus: count 50 at_least"]),
    ("50 plus guns", ["50 plus: count 50 at_least"]),
    ("10,000+ cigarettes", ["10,000+: count 10000 at_least"]),
    ("100 or more people", ["100 or more: count 100 at_least"]),
    ("nearly 400,000 tablets", ["nearly 400,000: count 400000 nearly"]),
    ("almost 250 people", ["almost 250: count 250 nearly"]),
    ("just under 46 bags", ["just under 46: count 46 nearly"]),
    ("just short of 900 wraps", ["just short of 900: count 900 nearly"]),
    ("close to 2,000 plants", ["close to 2,000: count 2000 nearly"]),
    ("a little under 30 cars", ["a little under 30: count 30 nearly"]),
    ("under 50 plants", ["under 50: count 50 under"]),
    ("less than 40 wraps", ["less than 40: count 40 under"]),
    ("fewer than 9 lines", ["fewer than 9: count 9 under"]),
    ("up to 60 officers", ["up to 60: count 60 at_most"]),
    ("as many as 260 numbers", ["as many as 260: count 260 at_most"]),
    ("no more than 12 people", ["no more than 12: count 12 at_most"]),
    ("no fewer than 20 knives", ["no fewer than 20: count 20 at_least"]),
    ("about 1,900 pupils", ["about 1,900: count 1900 about"]),
    ("around 8,800 people", ["around 8,800: count 8800 about"]),
    ("approximately 17 firearms", ["approximately 17: count 17 about"]),
    ("approx. 12 rounds", ["approx. 12: count 12 about"]),
    ("approx 12 rounds", ["approx 12: count 12 about"]),
    ("roughly 40 bags", ["roughly 40: count 40 about"]),
    ("some 12,000 cigarettes", ["some 12,000: count 12000 about"]),
    ("an estimated 500 calls", ["an estimated 500: count 500 about"]),
    ("an estimated 60 to 80 people", ["an estimated 60 to 80: count 60..80"]),
    ("Estimated at more than 50 people", ["Estimated at more than 50: count 50 over"]),
    ("in the region of 70 warrants", ["in the region of 70: count 70 about"]),
    ("something like 20 bags", ["something like 20: count 20 about"]),
    ("circa 30 plants", ["circa 30: count 30 about"]),
    ("c. 40 plants", ["c. 40: count 40 about"]),
    ("seized class C. 20 people", ["20: count 20"]),
    ("20 or so addresses", ["20 or so: count 20 about"]),
    ("50-odd officers", ["50-odd: count 50 about"]),
    ("up to around 50 people", ["up to around 50: count 50 at_most"]),
    ("pulled over 30 cars", ["30: count 30"]),
    ("handed over 12 knives", ["12: count 12"]),
    ("information about three burglaries", ["three: count 3"]),
    ("plants were found over two floors", ["two: count 2"]),
    ("an estimated street value of £20,000", ["£20,000: money 20000 GBP about"]),
    ("an estimated street value of more than £640,000", ["more than £640,000: money 640000 GBP over"]),
    ("estimated to be worth £310,000", ["£310,000: money 310000 GBP about"]),
    ("sentences adding up to 40 years", ["40 years: duration 480 mo"]),
]

# Two ends, one figure.
RANGES: list[tuple[str, list[str]]] = [
    ("15 to 20 guns", ["15 to 20: count 15..20"]),
    ("between 250 and 300 knives", ["between 250 and 300: count 250..300"]),
    ("between 1 and 3 people", ["between 1 and 3: count 1..3"]),
    ("between 20 people and 30 dogs", ["20: count 20", "30: count 30"]),
    ("10-12kg of cannabis", ["10-12kg: mass 10000..12000 g"]),
    ("10–12 kg", ["10–12 kg: mass 10000..12000 g"]),
    ("10 to 15 thousand cigarettes", ["10 to 15 thousand: count 10000..15000"]),
    ("£95-£110 million", ["£95-£110 million: money 95000000..110000000 GBP"]),
    ("between £95-£110 million", ["between £95-£110 million: money 95000000..110000000 GBP"]),
    ("between £2,000 and £5,000 a day", ["between £2,000 and £5,000 a day: money 2000..5000 GBP /day"]),
    ("from £2,000 to £5,000", ["from £2,000 to £5,000: money 2000..5000 GBP"]),
    ("about €70 to €100", ["about €70 to €100: money 70..100 EUR"]),
    ("£1-2 million", ["£1-2 million: money 1000000..2000000 GBP"]),
    ("£1.5m to £2m", ["£1.5m to £2m: money 1500000..2000000 GBP"]),
    ("£500 to £1 million", ["£500 to £1 million: money 500..1000000 GBP"]),
    ("£5-10,000", ["£5-10,000: money 5000..10000 GBP"]),
    ("two or three people", ["two or three: count 2..3"]),
    ("40 or 50 calls a day", ["40 or 50: count 40..50"]),
    ("between four and 17 years each", ["between four and 17 years: duration 48..204 mo"]),
    ("12- to 18-month sentences", ["12- to 18-month: duration 12..18 mo attributive"]),
    ("from 8 to 5 people", ["8: count 8", "5: count 5"]),
    ("paid £200 to 12 people", ["£200: money 200 GBP", "12: count 12"]),
    ("owe £500 or £1,000", ["£500: money 500 GBP", "£1,000: money 1000 GBP"]),
]

# Sums of money; "$" keeps its sign.
MONEY: list[tuple[str, list[str]]] = [
    ("£16,000 in cash", ["£16,000: money 16000 GBP"]),
    ("£1.2m", ["£1.2m: money 1200000 GBP"]),
    ("£12K", ["£12K: money 12000 GBP"]),
    ("£7K", ["£7K: money 7000 GBP"]),
    ("£310k", ["£310k: money 310000 GBP"]),
    ("£2bn", ["£2bn: money 2000000000 GBP"]),
    ("€2.8m", ["€2.8m: money 2800000 EUR"]),
    ("$2.1 million", ["$2.1 million: money 2100000 $"]),
    ("£214,905.17", ["£214,905.17: money 214905.17 GBP"]),
    ("£1,046,310", ["£1,046,310: money 1046310 GBP"]),
    ("£52,000+ in cash", ["£52,000+: money 52000 GBP at_least"]),
    ("£19,000-worth of drugs", ["£19,000: money 19000 GBP"]),
    ("£300-worth", ["£300: money 300 GBP"]),
    ("£31,000’s worth of stock", ["£31,000’s: money 31000 GBP"]),
    ("£1.2 million pounds", ["£1.2 million pounds: money 1200000 GBP"]),
    ("£2.5million", ["£2.5million: money 2500000 GBP"]),
    ("£ 2,500", ["£ 2,500: money 2500 GBP"]),
    ("2,000 pounds in cash", ["2,000 pounds: money 2000 GBP"]),
    ("5,000 pounds worth", ["5,000 pounds: money 5000 GBP"]),
    ("fined 200 pounds", ["200 pounds: money 200 GBP"]),
    ("half a million pounds", ["half a million pounds: money 500000 GBP"]),
    ("a million pounds' worth", ["a million pounds: money 1000000 GBP"]),
    ("two-million-pound", ["two-million-pound: money 2000000 GBP attributive"]),
    ("40 grand", ["40 grand: money 40000 GBP"]),
    ("grand theft of 3 cars", ["3: count 3"]),
    ("65p", ["65p: money 0.65 GBP"]),
    ("500 quid", ["500 quid: money 500 GBP"]),
    ("5,000 euros", ["5,000 euros: money 5000 EUR"]),
    ("500 US dollars", ["500 US dollars: money 500 USD"]),
    ("A$5,000", ["A$5,000: money 5000 AUD"]),
    ("AU$5m", ["AU$5m: money 5000000 AUD"]),
    ("NZ$3k", ["NZ$3k: money 3000 NZD"]),
    ("US$ 5", ["US$ 5: money 5 USD"]),
    ("C$100", ["C$100: money 100 CAD"]),
    ("$5,000 AUD", ["$5,000 AUD: money 5000 AUD"]),
    ("EUR 1.2m", ["EUR 1.2m: money 1200000 EUR"]),
    ("GBP 500", ["GBP 500: money 500 GBP"]),
    ("£2,000 a day", ["£2,000 a day: money 2000 GBP /day"]),
    ("£500-a-week", ["£500-a-week: money 500 GBP /week"]),
    ("£60 per week", ["£60 per week: money 60 GBP /week"]),
    ("living on £73 a week", ["£73 a week: money 73 GBP /week"]),
    ("£50 a gram", ["£50: money 50 GBP"]),
    ("£1,000s of drugs", ["£1,000s: reference 1000"]),
    ("multi-million pound", []),
    ("£20 notes", ["£20: money 20 GBP"]),
    ("as much as £50", ["as much as £50: money 50 GBP at_most"]),
    ("estimated at £3m", ["estimated at £3m: money 3000000 GBP about"]),
    ("£2m-worth", ["£2m: money 2000000 GBP"]),
]

# Masses, in grams.
MASS: list[tuple[str, list[str]]] = [
    ("4kg of cannabis", ["4kg: mass 4000 g"]),
    ("11.4 kg", ["11.4 kg: mass 11400 g"]),
    ("14kg Class B drugs", ["14kg: mass 14000 g"]),
    ("340g of crack", ["340g: mass 340 g"]),
    ("19 kilogrammes of cocaine", ["19 kilogrammes: mass 19000 g"]),
    ("1.3 kilos", ["1.3 kilos: mass 1300 g"]),
    ("half a kilo", ["half a kilo: mass 500 g"]),
    ("half a kilogram", ["half a kilogram: mass 500 g"]),
    ("half-kilo", ["half-kilo: mass 500 g attributive"]),
    ("quarter kilo", ["quarter kilo: mass 250 g"]),
    ("a quarter of a kilo", ["a quarter of a kilo: mass 250 g"]),
    ("three-quarters of a tonne", ["three-quarters of a tonne: mass 750000 g"]),
    ("a kilo and a half of cannabis", ["a kilo and a half: mass 1500 g"]),
    ("one and a half kilos", ["one and a half kilos: mass 1500 g"]),
    ("2½kg", ["2½kg: mass 2500 g"]),
    ("3 1/2 kilos", ["3 1/2 kilos: mass 3500 g"]),
    ("two and a half tonnes", ["two and a half tonnes: mass 2500000 g"]),
    ("more than two tonnes", ["more than two tonnes: mass 2000000 g over"]),
    ("half a ton of heroin", ["half a ton: mass 500000 g"]),
    ("two long tons and two short tons", ["two long tons: mass 2032093.8176 g", "two short tons: mass 1814369.48 g"]),
    ("10 metric tonnes", ["10 metric tonnes: mass 10000000 g"]),
    ("27lbs of cannabis", ["27lbs: mass 12246.99399 g"]),
    ("1,200 lbs. of cannabis", ["1,200 lbs: mass 544310.844 g"]),
    ("3 lb 4 oz", ["3 lb 4 oz: mass 1474.1752025 g"]),
    ("2 pounds, 3 ounces", ["2 pounds, 3 ounces: mass 992.233309375 g"]),
    ("2 stone 3lb", ["2 stone 3lb: mass 14061.36347 g"]),
    ("1kg 200g", ["1kg 200g: mass 1200 g"]),
    ("12 pounds of dried cannabis", ["12 pounds: mass 5443.10844 g"]),
    ("1,200 pounds (544 kg) of cannabis", ["1,200 pounds: mass 544310.844 g", "544 kg: mass 544000 g"]),
    ("weighing 12 pounds", ["12 pounds: mass 5443.10844 g"]),
    ("2,000 pounds of criminal cash", ["2,000 pounds: money 2000 GBP"]),
    ("a kilo of cocaine", ["a kilo: mass 1000 g"]),
    ("just over a kilo", ["just over a kilo: mass 1000 g over"]),
    ("an ounce of heroin", ["an ounce: mass 28.349523125 g"]),
    ("a pound of cannabis", ["a pound: mass 453.59237 g"]),
    ("a ton of work", ["a ton: mass 1000000 g"]),
    ("10kg and 15kg", ["10kg: mass 10000 g", "15kg: mass 15000 g"]),
    ("10 and 15 kilos", ["10: mass 10000 g", "15 kilos: mass 15000 g"]),
    ("2kg and 500g of heroin", ["2kg: mass 2000 g", "500g: mass 500 g"]),
    (".5 grams", [".5 grams: mass 0.5 g"]),
    ("500mg tablets", ["500mg: mass 0.5 g"]),
    ("a 4kg package", ["4kg: mass 4000 g"]),
    ("twenty 5g bags", ["twenty: count 20", "5g: mass 5 g attributive"]),
    ("200 bags of 5g each", ["200: count 200", "5g: mass 5 g"]),
    ("6kg of methamphetamine a month", ["6kg: mass 6000 g"]),
]

# Volumes, in millilitres.
VOLUME: list[tuple[str, list[str]]] = [
    ("40 litres of GHB", ["40 litres: volume 40000 mL"]),
    ("4.2 litres", ["4.2 litres: volume 4200 mL"]),
    ("500ml", ["500ml: volume 500 mL"]),
    ("1.5 liters", ["1.5 liters: volume 1500 mL"]),
    ("two gallons", ["two gallons: volume 9092.18 mL"]),
    ("70cl bottles", ["70cl: volume 700 mL attributive"]),
    ("a litre of GBL", ["a litre: volume 1000 mL"]),
    ("a 2-litre bottle", ["2-litre: volume 2000 mL attributive"]),
]

# Terms and spans of time.
DURATION: list[tuple[str, list[str]]] = [
    ("33 years 5 months", ["33 years 5 months: duration 401 mo"]),
    ("nine years, eight months", ["nine years, eight months: duration 116 mo"]),
    ("7 years and 6 months", ["7 years and 6 months: duration 90 mo"]),
    ("two years and six months", ["two years and six months: duration 30 mo"]),
    ("four years and three months on each count", ["four years and three months: duration 51 mo"]),
    ("six-and-a-half years", ["six-and-a-half years: duration 78 mo"]),
    ("a two-and-a-half year term", ["two-and-a-half year: duration 30 mo"]),
    ("138.5 years", ["138.5 years: duration 1662 mo"]),
    ("18 months and two weeks", ["18 months and two weeks: duration 18 mo"]),
    ("two years, six months and a day", ["two years, six months and a day: duration 30 mo"]),
    ("a year and a half", ["a year and a half: duration 18 mo"]),
    ("18 months, 12 weeks and six weeks", ["18 months: duration 18 mo", "12 weeks: duration 84 d", "six weeks: duration 42 d"]),
    ("jailed for a year", ["a year: duration 12 mo"]),
    ("a year in prison", ["a year: duration 12 mo"]),
    ("sentenced to a year and six months", ["a year and six months: duration 18 mo"]),
    ("£5 million a year", ["£5 million a year: money 5000000 GBP /year"]),
    ("once a week", []),
    ("12 weeks", ["12 weeks: duration 84 d"]),
    ("jailed for 12 weeks", ["12 weeks: duration 84 d"]),
    ("a total of 19 years", ["19 years: duration 228 mo"]),
    ("a minimum of 20 years", ["a minimum of 20 years: duration 240 mo at_least"]),
    ("two, three and five years", ["two: duration 24 mo", "three: duration 36 mo", "five years: duration 60 mo"]),
    ("eight and 10 years", ["eight: duration 96 mo", "10 years: duration 120 mo"]),
    ("two years, suspended for 18 months", ["two years: duration 24 mo", "18 months: duration 18 mo"]),
    ("150 hours of unpaid work", ["150 hours: duration 150 h"]),
    ("24 hours a day", ["24 hours: duration 24 h"]),
    ("two decades", ["two decades: duration 240 mo"]),
    ("a three-month closure order", ["three-month: duration 3 mo attributive"]),
    ("Two three-month closure orders", ["Two: count 2", "three-month: duration 3 mo attributive"]),
    ("a nine-week trial", ["nine-week: duration 63 d attributive"]),
    ("a 12-year sentence", ["12-year: duration 144 mo attributive"]),
    ("a ten-day operation", ["ten-day: duration 10 d attributive"]),
    ("a week-long operation", []),
    ("16 years' service", ["16 years: duration 192 mo"]),
    ("401 years’ imprisonment", ["401 years: duration 4812 mo"]),
    ("for more than 71 years", ["more than 71 years: duration 852 mo over"]),
    ("jailed for over 12 years", ["over 12 years: duration 144 mo over"]),
    ("over two days", ["two days: duration 2 d"]),
    ("over the past 18 months", ["18 months: duration 18 mo"]),
    ("In one week", ["one week: duration 7 d"]),
    ("one day", ["one day: duration 1 d"]),
    ("two- and three-year terms", ["two-: duration 24 mo attributive", "three-year: duration 36 mo attributive"]),
    ("six consecutive months", ["six consecutive months: duration 6 mo"]),
    ("arrested two days later", ["two days: duration 2 d"]),
]

# Every age is a figure of its own.
AGES: list[tuple[str, list[str]]] = [
    ("a 34-year-old man", ["34-year-old: age 34 attributive"]),
    ("a 16 year old boy", ["16 year old: age 16"]),
    ("34 years old", ["34 years old: age 34"]),
    ("18 years of age", ["18 years of age: age 18"]),
    ("13- and 14-year-olds", ["13-: age 13 attributive", "14-year-olds: age 14 attributive"]),
    ("13 and 14-year-olds", ["13: age 13", "14-year-olds: age 14 attributive"]),
    ("13, 14 and 15-year-olds", ["13: age 13", "14: age 14", "15-year-olds: age 15 attributive"]),
    ("14 to 17-year-olds", ["14: age 14", "17-year-olds: age 17 attributive"]),
    ("aged 41, 36, 29 and 20, and a 33-year-old", ["41: age 41", "36: age 36", "29: age 29", "20: age 20", "33-year-old: age 33 attributive"]),
    (
        "aged 24, 28, 31, 31, 39 and 52 – and three women, aged 22, 26 and 47.",
        [
            "24: age 24",
            "28: age 28",
            "31: age 31",
            "31: age 31",
            "39: age 39",
            "52: age 52",
            "three: count 3",
            "22: age 22",
            "26: age 26",
            "47: age 47",
        ],
    ),
    ("three men, 21, 30 and 44, and a woman, 32, were", ["three: count 3", "21: age 21", "30: age 30", "44: age 44", "32: age 32"]),
    ("three men, 12 women and two boys", ["three: count 3", "12: count 12", "two: count 2"]),
    ("aged between 14 and 24", ["14: age 14", "24: age 24"]),
    ("aged 19 to 61", ["19: age 19", "61: age 61"]),
    ("aged 15–34", ["15: age 15", "34: age 34"]),
    ("aged from 19 to 61, face more than 140 charges", ["19: age 19", "61: age 61", "more than 140: count 140 over"]),
    ("aged nine and 12", ["nine: age 9", "12: age 12"]),
    ("aged 41 and 12 wraps of heroin", ["41: age 41", "12: count 12"]),
    ("between the ages of 14 and 17", ["14: age 14", "17: age 17"]),
    ("the age of 18", ["18: age 18"]),
    ("Ciaran Laverick, 44, of Leeds", ["44: age 44"]),
    ("Ciaran Laverick, 44, formerly of Leeds", ["44: age 44"]),
    ("Tyrell Okafor, 29, of Lewisham: nine years", ["29: age 29", "nine years: duration 108 mo"]),
    ("A man, 34, was arrested", ["34: age 34"]),
    ("Man, 60, had £250,000", ["60: age 60", "£250,000: money 250000 GBP"]),
    ("John Smith (44), of Leeds", ["44: age 44"]),
    ("a boy of 16 had 47 wraps", ["16: age 16", "47: count 47"]),
    ("a child of 12", ["12: age 12"]),
    ("One lady of 84", ["One: count 1", "84: age 84"]),
    ("children as young as 12", ["12: age 12"]),
    ("in his 30s", ["30s: age 30"]),
    ("in their mid-20s", ["20s: age 20"]),
    ("aged in his 40s", ["40s: age 40"]),
    ("under-18s", ["18s: age 18"]),
    ("over-60s", ["60s: age 60"]),
    ("under 25s", ["25s: age 25"]),
    ("were under 25.", ["25: age 25"]),
    ("just under 25 people", ["just under 25: count 25 nearly"]),
    ("the youngest of them 14, were found", ["14: age 14"]),
    ("who was 14, left", ["14: age 14"]),
    ("34yo", ["34yo: age 34"]),
    ("a six-month-old baby", ["six-month-old: age 6 attributive"]),
]

# Times of day, and spans too short for record.md.
TIMES: list[tuple[str, list[str]]] = [
    ("at 3.15am", ["3.15am: time 3.15"]),
    ("06:15", ["06:15: time 6"]),
    ("at about 06:15 BST", ["06:15 BST: time 6"]),
    ("2:14 pm", ["2:14 pm: time 2"]),
    ("at 9:30 a.m.", ["9:30 a.m.: time 9"]),
    ("02:15:40", ["02:15:40: time 2"]),
    ("9.20 on a Sunday morning", ["9.20: time 9.2"]),
    ("the 10.42 from Swindon", ["10.42: time 10.42"]),
    ("8am to midnight", ["8am: time 8"]),
    ("0645 hours", ["0645 hours: time 645"]),
    ("1900 hours of patrols", ["1900 hours: duration 1900 h"]),
    ("at 1900 hours", ["1900 hours: time 1900"]),
    ("11pm", ["11pm: time 11"]),
    ("7.30 pm", ["7.30 pm: time 7.3"]),
    ("4pm to 6.30pm", ["4pm to 6.30pm: time 4..6.3"]),
    ("between 8 and 9pm", ["8 and 9pm: time 8..9"]),
    ("half past 6", ["6: time 6"]),
    ("ten minutes", ["ten minutes: time 10"]),
    ("2 minutes 46 seconds", ["2 minutes 46 seconds: time 2"]),
]

# Telephone numbers and short codes.
PHONES: list[tuple[str, list[str]]] = [
    ("call 101 or Crimestoppers on 0800 555 111. Dial 999", ["101: phone 101", "0800 555 111: phone 800", "999: phone 999"]),
    ("contact police on 101.", ["101: phone 101"]),
    ("101 calls were answered", ["101: phone 101"]),
    ("94% of 999 calls", ["94%: percent 94", "999: phone 999"]),
    ("Tel: 01582 496 0042", ["01582 496 0042: phone 1582"]),
    ("ring 01473 613500 to sign up", ["01473 613500: phone 1473"]),
    ("020 7230 1212", ["020 7230 1212: phone 20"]),
    ("+44 20 7230 1212", ["+44 20 7230 1212: phone 44"]),
    ("+44 (0)20 7230 1212", ["+44 (0)20 7230 1212: phone 44"]),
    ("0800 40 50 40", ["0800 40 50 40: phone 800"]),
    ("0800 1111 24 hours a day", ["0800 1111: phone 800", "24 hours: duration 24 h"]),
    ("0800 1111. 200 people", ["0800 1111: phone 800", "200: count 200"]),
    ("1-800-222-TIPS (8477)", ["1-800-222-TIPS (8477): phone 1"]),
    ("506-857-2400", ["506-857-2400: phone 506"]),
    ("(506) 857-2400", ["(506) 857-2400: phone 506"]),
    ("1800 333 000", ["1800 333 000: phone 1800"]),
    ("116 000", ["116 000: phone 116000"]),
    ("Using a handheld phone: 302", ["302: count 302"]),
    ("text 61016", ["61016: phone 61016"]),
    ("text SAFE to 78070", ["78070: phone 78070"]),
    ("Text 66777 to report", ["66777: phone 66777"]),
    ("ring us on 105 and quote", ["105: phone 105"]),
    ("call 150 people", ["150: count 150"]),
]

# Percentages, ratios, multiples.
SHARES: list[tuple[str, list[str]]] = [
    ("up 34%", ["34%: percent 34"]),
    ("5 per cent", ["5 per cent: percent 5"]),
    ("21.6 percent", ["21.6 percent: percent 21.6"]),
    ("3 percentage points", ["3 percentage points: percent 3"]),
    ("56 or 66 per cent", ["56 or 66 per cent: percent 56..66"]),
    ("one in five", ["one in five: ratio 1"]),
    ("1 in 6 of them", ["1 in 6: ratio 1"]),
    ("nine in ten", ["nine in ten: ratio 9"]),
    ("one-in-five", ["one-in-five: ratio 1"]),
    ("two-thirds of those", ["two-thirds: ratio 0.6666666666666666666666666667"]),
    ("a third of them", ["a third: ratio 0.3333333333333333333333333333"]),
    ("three in every four", ["three in every four: ratio 3"]),
    ("one out of five", ["one out of five: ratio 1"]),
    ("nine times out of ten", ["nine times out of ten: ratio 9"]),
    ("half of them", ["half: ratio 0.5"]),
    ("a third man", ["third: ordinal 3"]),
    ("4/5", ["4/5: ratio 0.8"]),
    ("10 times", ["10 times: ratio 10"]),
    ("four times over", ["four times: ratio 4"]),
    ("twice", ["twice: ratio 2"]),
    ("2 in three days", ["2: count 2", "three days: duration 3 d"]),
    ("12 in 2 cars", ["12: count 12", "2: count 2"]),
]

# Ordinals.
ORDINALS: list[tuple[str, list[str]]] = [
    ("first", ["first: ordinal 1"]),
    ("2nd", ["2nd: ordinal 2"]),
    ("21st century", ["21st: ordinal 21"]),
    ("twenty-first", ["twenty-first: ordinal 21"]),
    ("the third quarter", ["third: ordinal 3"]),
]

# Lengths, areas, speeds.
LENGTHS: list[tuple[str, list[str]]] = [
    ("40 miles", ["40 miles: length 40"]),
    ("2.5 metres", ["2.5 metres: length 2.5"]),
    ("16mm chain", ["16mm: length 16"]),
    ("36in bolt croppers", ["36in: length 36"]),
    ("6ft", ["6ft: length 6"]),
    ("6ft 2in", ["6ft 2in: length 6"]),
    ("5'10", ["5'10: length 5"]),
    ("300 yards", ["300 yards: length 300"]),
    ("10-mile tailbacks", ["10-mile: length 10 attributive"]),
    ("100m from the scene", ["100m: length 100"]),
    ("within 100m of the school", ["100m: length 100"]),
    ("a fence 2m high", ["2m: length 2"]),
    ("a 5k run", ["5k: length 5000"]),
    ("180 kilometres", ["180 kilometres: length 180"]),
    ("20 square metres", ["20 square metres: length 20"]),
    ("121mph", ["121mph: speed 121"]),
    ("a 30 mph zone", ["30 mph: speed 30"]),
    ("30 miles per hour", ["30 miles per hour: speed 30"]),
    ("50 km/h", ["50 km/h: speed 50"]),
]

# Calibres.
GUNS: list[tuple[str, list[str]]] = [
    ("22 rounds of 9mm ammunition", ["22: count 22", "9mm: calibre 9"]),
    ("a 9mm pistol", ["9mm: calibre 9"]),
    ("a .22 rifle", [".22: calibre 0.22"]),
    ("a .410", [".410: calibre 0.41"]),
    ("a 12-bore shotgun", ["12-bore: calibre 12 attributive"]),
    ("two 20-gauge shotguns", ["two: count 2", "20-gauge: calibre 20 attributive"]),
    (".38 calibre", [".38 calibre: calibre 0.38"]),
    ("an AR-15 rifle", ["15: reference 15"]),
]

# House numbers, roads, sections, models, incident numbers and what a hyphen joins to its noun.
REFERENCES: list[tuple[str, list[str]]] = [
    ("14 High Street", ["14: reference 14"]),
    ("27–31 High Street", ["27–31: reference 27..31"]),
    ("the A9 near Dunblane", ["A9: reference 9"]),
    ("M6 J16", ["M6: reference 6", "J16: reference 16"]),
    ("Unit 7", ["7: reference 7"]),
    ("Room 4", ["4: reference 4"]),
    ("Flat 3", ["3: reference 3"]),
    ("platform 2", ["2: reference 2"]),
    ("section 18", ["18: reference 18"]),
    ("sections 18 and 20", ["18: reference 18", "20: reference 20"]),
    ("Section 125(1) of the", ["125(1): reference 125"]),
    ("under section 5(2)", ["5(2): reference 5"]),
    ("Act 1996", ["1996: reference 1996"]),
    ("Regulations 2016", ["2016: reference 2016"]),
    ("Highway 2", ["2: reference 2"]),
    ("State Highway 29A", ["29A: reference 29"]),
    ("Page 1 of 2", ["1: reference 1", "2: reference 2"]),
    ("page 4", ["4: reference 4"]),
    ("number 3 or 4", ["3 or 4: reference 3..4"]),
    ("Class 1", ["1: reference 1"]),
    ("Honda TRX420", ["TRX420: reference 420"]),
    ("Suzuki KingQuad 500", ["500: reference 500"]),
    ("quoting reference SRN 24/0311", ["24/0311: reference 24"]),
    ("incident 212 of", ["212: reference 212"]),
    ("in one incident 12 people", ["one: count 1", "12: count 12"]),
    ("CAD 1234/12mar", ["1234/12mar: reference 1234"]),
    ("CAD 2145", ["2145: reference 2145"]),
    ("File #: 2023-1187432", ["2023-1187432: reference 2023"]),
    ("crime number 26000123", ["26000123: reference 26000123"]),
    ("Crime reference 37/20519/24.", ["37/20519/24: reference 37"]),
    ("quoting 230915/4471", ["230915/4471: reference 230915"]),
    ("QP2001188420", ["QP2001188420: reference 2001188420"]),
    ("log 45", ["45: reference 45"]),
    ("year 8 and year 9", ["8: reference 8", "9: reference 9"]),
    ("last year 45 people", ["45: count 45"]),
    ("this Week 45 arrests", ["45: count 45"]),
    ("600-watt lamps", ["600-watt: reference 600 attributive"]),
    ("250cc", ["250cc: reference 250"]),
    ("1200x675", ["1200x675: reference 1200"]),
    ("24/7", ["24/7: reference 24"]),
    ("3D-printed", ["3D-printed: reference 3"]),
    ("4G", ["4G: reference 4"]),
    ("4g of heroin", ["4g: mass 4 g"]),
    ("B12", ["B12: reference 12"]),
    ("Covid-19", ["19: reference 19"]),
    ("World War 2", ["2: reference 2"]),
    ("World War Two", ["Two: reference 2"]),
    ("WW2", ["WW2: reference 2"]),
    ("a 2019 plate", ["2019: reference 2019"]),
    ("the 2016 campaign", ["2016: reference 2016"]),
    ("since 2014 of", ["2014: reference 2014"]),
    ("104.7 FM", ["104.7 FM: reference 104.7"]),
    ("two-storey", ["two-storey: reference 2 attributive"]),
    ("a three-bed semi", ["three-bed: reference 3 attributive"]),
    ("four-door", ["four-door: reference 4 attributive"]),
    ("six-figure sum", ["six-figure: reference 6 attributive"]),
    ("a 17-digit number", ["17-digit: reference 17 attributive"]),
    ("two- and three-bed homes", ["two-: reference 2 attributive", "three-bed: reference 3 attributive"]),
    ("bus routes 2, 22 and 127", ["2: reference 2", "22: reference 22", "127: reference 127"]),
    ("https://www.example.org/news/2024/05/12-arrests-abc123", ["2024/05/12-arrests-abc123: reference 2024"]),
    ("BoroLad71", ["BoroLad71: reference 71"]),
    ("12345678901234567890", ["12345678901234567890: reference 12345678901234567890"]),
    ("no. 0991827", ["0991827: reference 991827"]),
]

# Vague plurals, pronouns and others that leave no fact.
NONE: list[tuple[str, list[str]]] = [
    ("no one was hurt", []),
    ("a nine-bar", ["nine-bar: reference 9 attributive"]),
    ("five-figure sums", ["five-figure: reference 5 attributive"]),
    ("multi-million-pound", []),
    ("per cent of", []),
    ("one another", []),
    ("number one", ["one: reference 1"]),
    ("day one", ["one: reference 1"]),
    ("square one", ["one: reference 1"]),
    ("a one-off", ["one-off: reference 1 attributive"]),
    ("one of the most", []),
    ("one of the UK's biggest", []),
    ("one of Britain's best-known", []),
    ("one of many", []),
    ("dozens of knives", []),
    ("hundreds of thousands of pounds", []),
    ("several hundred people", []),
    ("a few hundred plants", []),
    ("scores of people", []),
    ("tens of thousands", []),
    ("a couple of hundred", []),
    ("a number of arrests", []),
    ("both men", []),
    ("several thousand pounds", []),
    ("zero tolerance", []),
    ("no arrests", []),
    ("a man and a woman", []),
    ("half past", []),
    ("the second-hand shop", ["second: ordinal 2"]),
]

TABLES = [
    *COUNTS, *QUALIFIERS, *RANGES, *MONEY, *MASS, *VOLUME, *DURATION, *AGES, *TIMES, *PHONES, *SHARES, *ORDINALS, *LENGTHS, *GUNS, *REFERENCES, *NONE
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES, ids=[text for text, _ in TABLES])
def test_figures_of(text: str, expected: list[str]) -> None:
    assert tell(text) == expected


@pytest.mark.parametrize(("text", "expected"), TABLES, ids=[text for text, _ in TABLES])
def test_figures_stand_in_a_sentence(text: str, expected: list[str]) -> None:
    """What comes in another sentence before or after changes no figure."""
    assert tell(f"Officers said so. {text}; that is all.") == expected


def test_nothing_is_read_across_what_is_taken() -> None:
    text = "between 9 and 13 March 20 people, over 14 May 3 kilos, 2019 plants"
    tokens = tokenise(text)
    march, may, year = tokens.low.index("march"), tokens.low.index("may"), tokens.low.index("2019")
    taken = ((march - 4, march + 1), (may - 1, may + 1), (year, year + 1))
    assert tell(text, taken) == ["20: count 20", "3 kilos: mass 3000 g"]


def test_a_taken_number_gives_no_unit_to_another() -> None:
    assert tell("10 and 15 kilos", ((2, 3),)) == ["10: count 10"]


def test_an_indivisible_third_is_as_exact_as_decimal_allows() -> None:
    (figure,) = scan_figures(tokenise("a third of a kilo"))
    assert (figure.kind, figure.unit, round(figure.value, 20)) == (FigureKind.MASS, "g", round(Decimal(1000) / 3, 20))


WORDS = (
    "one two hundred and thousand million half a - , of to or in £ % kg 12 3.5 1,000 / : x aged between over more than up 0800 year old years months "
    ". ( ) + an pair quarter s st $ dozen from every times plus call 101 ½ ' # @ oz pounds grand per week m bn first twenty"
)
LISTS = st.lists(st.sampled_from([*WORDS.split()]), max_size=60)
TEXTS = st.text(max_size=200) | LISTS.map(" ".join) | LISTS.map("".join)


@given(TEXTS, st.lists(st.integers(0, 80), max_size=6, unique=True))
def test_figures_are_in_order_apart_and_within_bounds(text: str, cuts: list[int]) -> None:
    tokens = tokenise(text)
    bounds = sorted(cut for cut in cuts if cut <= len(tokens))
    taken = list(zip(bounds[::2], bounds[1::2], strict=False))
    figures = scan_figures(tokens, taken)
    last = 0
    for figure in figures:
        assert last <= figure.first < figure.last <= len(tokens)
        assert not any(figure.first < end and start < figure.last for start, end in taken)
        assert figure.high is None or figure.value < figure.high
        assert figure.value.is_finite()
        assert (figure.unit is not None) is (figure.kind in {FigureKind.MONEY, FigureKind.MASS, FigureKind.VOLUME, FigureKind.DURATION})
        last = figure.last
    assert scan_figures(tokens, taken) == figures


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([" ", "\u00a0", "\u202f", ","]))
@example(116, 0, ",")  # also the number of a helpline
@example(116, 123, " ")
def test_digit_groups_are_one_number_however_they_are_parted(thousands: int, rest: int, gap: str) -> None:
    (figure,) = scan_figures(tokenise(f"{thousands}{gap}{rest:03} plants"))
    assert (figure.kind, figure.value) == (FigureKind.COUNT, Decimal(1000 * thousands + rest))


@given(TEXTS)
def test_a_line_break_means_no_more_than_a_space(text: str) -> None:
    spaced = " ".join(text.split())
    broken = "\r\n".join(text.split(" "))
    if tokenise(" ".join(broken.split())).low == tokenise(broken).low == tokenise(spaced).low:
        assert scan_figures(tokenise(broken)) == scan_figures(tokenise(spaced))


HOSTILE = [
    "1",
    "1,",
    "1,000 ",
    "1-",
    "1/",
    "1.",
    "1:",
    "1x",
    "a1",
    "one hundred and ",
    "1 year ",
    "aged 1, ",
    "half a ",
    "1 or ",
    "0800 ",
    "2 to ",
    "0 months, ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_runs_are_read_to_the_end(unit: str) -> None:
    tokens = tokenise(unit * (20_000 // len(unit)))
    figures = scan_figures(tokens)
    assert figures
    assert figures[-1].last <= len(tokens)


@pytest.mark.parametrize(
    ("start", "unit", "end"), [("1", " times", ""), ("", "about ", "5"), ("", "12, ", "13 and 14-year-olds"), ("2", " in every", " 3")]
)
def test_long_surroundings_are_read_to_the_end(start: str, unit: str, end: str) -> None:
    assert scan_figures(tokenise(start + 5_000 * unit + end))
