"""Sentences as releases write them, and the facts that a careful reader takes from each; grouped by the way of speaking."""

import pytest

from cl_extract import extract

# Each row: the text, then every fact it states as "measure value[-high] unit qualifier attributes", what is plain left out.
CLAUSES = [
    ("Two men and a woman were arrested.", ["arrests 2 men", "arrests 1 women"]),
    ("Two men were arrested and charged.", ["arrests 2 men", "people_charged 2 men"]),
    ("Officers stopped 30 vehicles and arrested 12 people.", ["vehicles_stopped 30", "arrests 12"]),
    ("587 lineholders and their associates have been charged with 1,135 offences.", ["people_charged 587", "charges 1135"]),
    ("Ten defendants admitted two counts of conspiracy to supply Class A drugs.", ["people_convicted 10", "charges 2"]),
    ("He was jailed for seven years and six months.", ["sentence_length 90 mo"]),
    ("They were jailed for 21 and 18 years respectively.", ["sentence_length 252 mo", "sentence_length 216 mo"]),
    ("A 19-year-old was tracked to a house and arrested.", ["arrests 1"]),
    ("A boy was held for throwing a coin and a woman for assaulting a steward.", ["arrests 1 boys", "arrests 1 women"]),
    ("A man was arrested and taken to a station, where he was charged with nine offences.", ["arrests 1 men", "charges 9"]),
    ("A man whose home had been taken over by two dealers was safeguarded.", ["people_safeguarded 1 men"]),
    (
        "Officers executed five search warrants, covering three homes and two vehicles.",
        ["warrants_executed 5", "premises_visited 3", "vehicles_stopped 2"],
    ),
    ("Nine bikes we had seized went into the crusher.", ["vehicles_seized 9"]),
    ("Officers arrested seven.", ["arrests 7"]),
    ("The number of arrests now stands at 212.", ["arrests 212"]),
    ("12 were held for theft, nine on suspicion of affray and six for assault.", ["arrests 12", "arrests 9", "arrests 6"]),
    ("Later that morning a van was stopped.", ["vehicles_stopped 1"]),
    ("Three weapons were recovered. They included a machete sewn into a coat.", ["weapons_seized 3", "bladed_weapons_seized 1"]),
    ("Goods were recovered, including 84 bottles of gin.", ["items_seized 84 bottle"]),
    ("Behind every one of these 215 lines is a child.", []),
    ("Nine people have discovered that a phone bought for £10 can be traced.", []),
    ("We made 107 arrests and I didn't think we could top it.", ["arrests 107"]),
    ("Cadets visited 54 shops to see whether staff would sell them a knife.", ["premises_visited 54"]),
    ("In one case a pistol was recovered.", ["firearms_seized 1"]),
    ("They spoke to 12 people, while 61 children were referred to carers.", ["people_engaged 12", "safeguarding_referrals 61 children"]),
    ("More than 400 officers from six forces took part.", ["officers_deployed 400 over", "forces_involved 6"]),
    ("426 knives were dropped into bins at five of our stations and 23 were seized.", ["bladed_weapons_seized 426", "bladed_weapons_seized 23"]),
    ("Inside a lock-up were 312g of heroin, a stun gun and £41,285.", ["drugs_seized 312 g heroin", "weapons_seized 1", "cash_seized 41285 GBP"]),
    ("Between March 7 and 13 police forces made 45 arrests.", ["arrests 45"]),
    ("A man who headed a ring moving heroin was jailed.", ["people_sentenced 1 men"]),
    ("A 26-member gang will serve a total of 140 years.", ["sentence_length 1680 mo"]),
    ("A 12-strong gang have been jailed on a 37-count indictment.", ["people_sentenced 12", "charges 37"]),
    ("That takes the number of arrests to 31, and of people charged to 9.", ["arrests 31", "people_charged 9"]),
    ("It brings to five the number of cannabis farms shut down.", ["cannabis_grows 5"]),
    ("A warrant at a flat in Ely turned up six phones.", ["warrants_executed 1", "phones_seized 6"]),
    ("Six phones that served the line were shut down.", []),
    ("A man, woman and teenager were arrested.", ["arrests 1 men", "arrests 1 women", "arrests 1 teenagers"]),
    ("Two men in their 30s and one in his 40s were arrested.", ["arrests 2 men", "arrests 1 men"]),
    ("They found a knife and hammer.", ["bladed_weapons_seized 1", "weapons_seized 1"]),
    ("A gang of ten drug dealers have been jailed.", ["people_sentenced 10"]),
    ("A county lines gang was jailed for 56 years.", ["sentence_length 672 mo"]),
    ("Seven people tied to a crew called the 58 were jailed.", ["people_sentenced 7"]),
    ("By June 317 of these ‘cuckooed’ homes had been visited.", ["cuckooing_visits 317"]),
    (
        "Forces boosted their work from May, making 12 arrests and identifying 26 phone lines that were used in the trade.",
        ["arrests 12", "lines_identified 26"],
    ),
    ("The jury followed an investigation into five county lines that supplied a string of towns in the county.", ["lines_identified 5"]),
    (
        "Police helped 71 adults and 46 children, and 13 people were referred as victims of slavery.",
        ["people_safeguarded 71 adults", "people_safeguarded 46 children", "nrm_referrals 13"],
    ),
    (
        "Dunn was jailed for two years; Ali for three years and ten months and Shaw for 28 months.",
        ["sentence_length 24 mo", "sentence_length 46 mo", "sentence_length 28 mo"],
    ),
    ("The drivers had failed a test, the same as last year, while 13 drivers were arrested.", ["arrests 13"]),
    ("They found two grow labs in a barn, where a 48-year-old was charged.", ["cannabis_grows 2", "people_charged 1"]),
    (
        "Two people have been referred to a charity, with 12 people found there being safeguarded.",
        ["safeguarding_referrals 2", "people_safeguarded 12"],
    ),
    ("In all, 37 charges were laid against six accused.", ["charges 37", "people_charged 6"]),
    ("Eleven traders are now facing 58 charges.", ["people_charged 11", "charges 58"]),
    ("Three arrests were made and four additional inquiries were begun.", ["arrests 3"]),
    ("About 2,400 stolen goods were found and recovered.", ["items_seized 2400 good about"]),
    ("It was a good day, with two men aged 22 and 41 arrested and charged.", ["arrests 2 men", "people_charged 2 men"]),
    ("The month's total is 97 vehicles stopped.", ["vehicles_stopped 97"]),
    (
        "A total of 61 people – 48 male and 13 female – were safeguarded.",
        ["people_safeguarded 61", "people_safeguarded 48", "people_safeguarded 13"],
    ),
    ("The ring imported more than £38m of heroin and were jailed for 91 years.", ["sentence_length 1092 mo"]),
    ("They seized one firearms and 12 knives.", ["firearms_seized 1", "bladed_weapons_seized 12"]),
    ("Three men were jailed and given football banning orders.", ["people_sentenced 3 men"]),
    ("Twelve people were arrested and face 14 charges.", ["arrests 12", "charges 14"]),
    ("Twelve people from the Kent police area were arrested.", ["arrests 12"]),
    ("Ten of the 14 charged pleaded guilty; the other four were convicted.", ["people_convicted 10", "people_convicted 4"]),
    ("Two officers were hurt and three people arrested.", ["arrests 3"]),
    ("Police said 15 county lines were operating in the town, of which six have been closed.", ["lines_identified 15", "lines_closed 6"]),
    ("The team stopped 60 riders, and 12 bikes were seized.", ["vehicles_seized 12"]),
    ("In Ely two more people were arrested, bringing the total to 14.", ["arrests 2", "arrests 14"]),
    ("Three-day blitz ends with 58 in custody.", ["arrests 58"]),
    ("After a chase, two men were arrested.", ["arrests 2 men"]),
    ("A woman, who had hidden behind a sofa that blocked the door, was arrested.", ["arrests 1 women"]),
    ("Nine men arrested and charged with 11 offences are due in court.", ["arrests 9 men", "people_charged 9 men", "charges 11"]),
    ("Teams made 41 cuckooing visits to people whose homes might have been taken over.", ["cuckooing_visits 41"]),
    ("Teams made 12 visits to check on tenants, and the council plans to close 2 of the flats.", ["premises_visited 12"]),
    ("The council put **£18,000** into a boxing club.", ["funding 18000 GBP"]),
    ("Officers found £1,250 in the boot of a taxi.", ["cash_seized 1250 GBP"]),
    ("Two women, one aged in her 30s and the other in her 50s, were arrested.", ["arrests 2 women"]),
    ("Every gun matters, said the inspector, who has served for 27 years.", []),
    ("More than 2,600 pupils heard from officers about the dangers.", ["people_engaged 2600 over"]),
    ("A pair who ran a drugs line have been jailed.", ["people_sentenced 2"]),
    ("A married couple were arrested.", ["arrests 2"]),
    ("Over £84,000 of cash and cigarettes was stolen in raids.", []),
    ("Stolen plant was recovered: two tractors and three quad bikes.", ["vehicles_seized 2", "vehicles_seized 3"]),
    (
        "They recovered 214 wraps - 131 of crack and 83 of heroin.",
        ["drugs_seized 214 wrap", "drugs_seized 131 wrap crack cocaine", "drugs_seized 83 wrap heroin"],
    ),
    ("Nine dealers that were caught up in a turf war have been jailed.", ["people_sentenced 9"]),
    ("The team safeguarded 67 tenants, and 40 cuckooing visits followed.", ["people_safeguarded 67", "cuckooing_visits 40"]),
    (
        "Patrols found six drivers without insurance, gave four fines at the roadside of £180, and a coach firm was fined £240.",
        ["traffic_offences 6", "disposals 4", "confiscation 240 GBP"],
    ),
    (
        "Nine of those arrested have been charged, and those dealt with at court have been locked up for 61 years in all.",
        ["people_charged 9", "sentence_length 732 mo"],
    ),
    (
        "She was convicted of laundering £210,000 after a six-week trial and was jailed for five years.",
        ["proceeds 210000 GBP", "sentence_length 60 mo"],
    ),
    (
        "The unit has charged 95 people, and some 60 of them have been jailed.",
        ["people_charged 95", "people_sentenced 60 about"],
    ),
    (
        "Two boys from Luton, aged 13 and 15, who had been reported missing by their parents, were found in the loft.",
        ["missing_people_found 2 boys"],
    ),
    ("A girl of 14, who had not been seen for nine days, was discovered in a hotel.", ["missing_people_found 1 girls"]),
    (
        "Two girls, neither of whom had been reported missing, were taken into police protection after being found there.",
        ["people_safeguarded 2 girls"],
    ),
    ("They made 23 referrals to social care and six to the NRM.", ["safeguarding_referrals 23", "nrm_referrals 6"]),
    ("Nine families have been referred to the council for help.", ["safeguarding_referrals 9"]),
    ("A stop and search on a cyclist led officers to four machetes.", ["stop_searches 1", "bladed_weapons_seized 4"]),
    ("Of those arrested, 31 were ringleaders who went on to be charged.", ["people_charged 31"]),
    ("Twelve suspects have been charged with a total of 63 thefts.", ["people_charged 12", "charges 63"]),
    ("Since then 118 drug lines have gone.", ["lines_closed 118"]),
    ("They filmed 71 motorists breaking the law.", ["traffic_offences 71"]),
    ("Some 300 landlords have watched a short film on the signs.", ["people_engaged 300 about"]),
    ("In one of the others a 44-year-old woman was given a 14-month suspended sentence.", ["people_sentenced 1 women", "sentence_length 14 mo"]),
]
LISTS = [
    (
        "Seized were more than 18 kilograms of methamphetamine, 27 tablets and 4.2 litres of GBL.",
        ["drugs_seized 18000 g over methamphetamine", "drugs_seized 27 tablet", "drugs_seized 4200 mL GBL"],
    ),
    ("Three machetes, an axe and six lock knives were recovered.", ["bladed_weapons_seized 3", "bladed_weapons_seized 1", "bladed_weapons_seized 6"]),
    ("Four phones were recovered, along with 38 SIM cards and 7 cars.", ["phones_seized 4", "phones_seized 38", "vehicles_seized 7"]),
    (
        "The week saw:\n\n- 96 arrests,\n- £52,000+ in cash seized\n- 13 deal lines closed",
        ["arrests 96", "cash_seized 52000 GBP at_least", "lines_closed 13"],
    ),
    ("Parents and carers attending workshops: 265", ["people_engaged 265"]),
    ("Several phones (12) and some cannabis plants (40) were seized.", ["phones_seized 12", "drugs_seized 40 plant cannabis"]),
    ("Talks at 10 schools, two colleges and four clubs.", ["premises_visited 10", "premises_visited 2"]),
    ("They found nine over-capacity magazines.", ["items_seized 9 magazine"]),
    (
        "The unit will receive £70,000. That is made up of:\n\n* £40,000 for patrols\n* £30,000 for a helpline",
        ["funding 70000 GBP", "funding 40000 GBP", "funding 30000 GBP"],
    ),
    ("Defective tyres: 14\n\nInsecure or dangerous loads: 9", ["traffic_offences 14", "traffic_offences 9"]),
    (
        "It took them a day to strip out 84 lamps, 22 fans and 31 filters.",
        ["items_seized 84 lamp", "items_seized 22 fan", "items_seized 31 filter"],
    ),
    ("Six kilos of cropped bud had been packed into 24 bags.", ["drugs_seized 6000 g cannabis", "drugs_seized 24 bag"]),
    (
        "They recovered a blank-firer converted to fire live rounds, two converted blank-firing pistols and a BB gun.",
        ["firearms_seized 1", "firearms_seized 2", "imitation_firearms_seized 1"],
    ),
    ("In May 137 illegal, stolen or uninsured vehicles were seized.", ["vehicles_seized 137"]),
    ("Results:\n\nWarrants: 7\nVehicles seized: 4\nCash: £11,265", ["warrants_executed 7", "vehicles_seized 4", "cash_seized 11265 GBP"]),
    (
        "A busy quarter\n\nThe team has had a busy quarter in the town.\n\nResults:\n\nArrests: 12\nof which for theft: 5\nWarrants: 3",
        ["arrests 12", "arrests 5", "warrants_executed 3"],
    ),
    ("Arrests: 12, charges: 5 and warrants: 3.", ["arrests 12", "charges 5", "warrants_executed 3"]),
    (
        "Knives: 3; phones: 12; cocaine: 30g; cash: £500",
        ["bladed_weapons_seized 3", "phones_seized 12", "drugs_seized 30 g cocaine", "cash_seized 500 GBP"],
    ),
    (
        "Officers made 311 arrests.\n\nOf those arrests:\n\n- 172 were for drink-driving\n- 126 were for drug-driving",
        ["arrests 311", "arrests 172", "arrests 126"],
    ),
]
PARTS = [
    ("14 people were safeguarded, including 12 children.", ["people_safeguarded 14", "people_safeguarded 12 children"]),
    ("84 weapons were seized, 33 of them guns.", ["weapons_seized 84", "firearms_seized 33"]),
    (
        "11 search warrants were executed: eight in Toowoomba and the other three in Logan.",
        ["warrants_executed 11", "warrants_executed 8", "warrants_executed 3"],
    ),
    ("There were eight arrests (five adults, three children).", ["arrests 8", "arrests 5 adults", "arrests 3 children"]),
    ("Officers seized 117 knives, and a further 95 were dropped into bins.", ["bladed_weapons_seized 117", "bladed_weapons_seized 95"]),
    ("Officers made 468 arrests, up from 431.", ["arrests 468", "arrests 431"]),
    ("Of the arrests, 118 were for drink-driving and 68 for drug-driving.", ["arrests 118", "arrests 68"]),
    (
        "Two vehicles were searched, with 10kg and 15kg of cannabis being seized.",
        ["vehicles_stopped 2", "drugs_seized 10000 g cannabis", "drugs_seized 15000 g cannabis"],
    ),
    (
        "The bins took in 512 blades. Most of them, 471, were kitchen knives.",
        ["bladed_weapons_seized 512", "bladed_weapons_seized 471"],
    ),
    ("Six of those who ran the line were jailed.", ["people_sentenced 6"]),
    ("Ten people were charged with a total of 31 offences, and six have been remanded in custody.", ["people_charged 10", "charges 31"]),
    (
        "Officers seized three knives. Of those arrested, nine are men and five are women.",
        ["bladed_weapons_seized 3", "arrests 9 men", "arrests 5 women"],
    ),
    ("Twelve of those held were under 18, and two of those charged have been bailed.", ["arrests 12", "people_charged 2"]),
    (
        "Some 640 drivers were caught drink or drug-driving. Of the 640, 371 had been drinking and 269 tested positive for drugs. "
        "Ninety were caught in the morning.",
        ["traffic_offences 640 about", "traffic_offences 371", "traffic_offences 269", "traffic_offences 90"],
    ),
    ("There were 58 arrests, 22 of them felony and 36 misdemeanor.", ["arrests 58", "arrests 22", "arrests 36"]),
    ("Officers stopped 120 vans. Fourteen were seized.", ["vehicles_stopped 120", "vehicles_seized 14"]),
    ("Officers seized 52 knives. Nine were arrested.", ["bladed_weapons_seized 52", "arrests 9"]),
    ("They recovered 52 phones. Twelve have gone back to their owners.", ["phones_seized 52"]),
    (
        "Eleven workers were safeguarded. Officers took away nine phones. Six of the eleven have been referred to the NRM.",
        ["people_safeguarded 11", "phones_seized 9", "nrm_referrals 6"],
    ),
    ("Two boys were arrested when one of them was seen with a bag.", ["arrests 2 boys"]),
    ("Officers seized 131 knives in Ely, followed by Wisbech with 88 and March with 54.", [f"bladed_weapons_seized {n}" for n in (131, 88, 54)]),
    (
        "Officers looked in on 52 people at risk of cuckooing. Nine of them have been referred to a charity.",
        ["cuckooing_visits 52", "safeguarding_referrals 9"],
    ),
    ("They seized 8kg of cannabis. A further 3kg of the drug was found nearby.", ["drugs_seized 8000 g cannabis", "drugs_seized 3000 g cannabis"]),
    (
        "They seized 900 fentanyl pills. In a van were 400 of the pills and a rifle.",
        ["drugs_seized 900 pill fentanyl", "drugs_seized 400 pill fentanyl", "firearms_seized 1"],
    ),
    (
        "Forty people were arrested. Twelve of those had tested positive for drugs, six were over the limit and the remaining four were wanted.",
        ["arrests 40", "arrests 12", "arrests 6", "arrests 4"],
    ),
    ("Officers stopped 120 drivers, 14 of whom failed a test.", ["traffic_offences 14"]),
    (
        "Two men were jailed in May, one for 16 years and the other for eleven years and four months.",
        ["people_sentenced 2 men", "sentence_length 192 mo", "sentence_length 136 mo"],
    ),
    (
        "Three brothers were jailed, two for nine years and one for 50 months.",
        ["people_sentenced 3", "people_sentenced 2", "sentence_length 108 mo", "sentence_length 50 mo"],
    ),
    ("Three men, 21, 30 and 44, and two women, 26 and 48, were arrested.", ["arrests 3 men", "arrests 2 women"]),
    ("Nine people, two of whom were children, were arrested.", ["arrests 9", "arrests 2 children"]),
    ("In all 46 people, five of whom are under 18, have been charged.", ["people_charged 46", "people_charged 5"]),
    ("31 people were arrested, nine of whom, all men, were charged.", ["arrests 31", "people_charged 9"]),
    ("They recovered nine blank-firers, six of which had been converted.", ["imitation_firearms_seized 9", "firearms_seized 6"]),
    ("Officers went to 41 hotels. At five of them a cadet got a room.", ["premises_visited 41", "premises_visited 5"]),
]
VALUES = [
    ("Cocaine worth at least £210,000 was recovered.", ["drugs_value 210000 GBP at_least cocaine"]),
    ("Stolen vehicles valued at £146,500 were recovered.", ["assets_seized 146500 GBP"]),
    (
        "In the loft lay cocaine worth £41,300, crack worth £9,800 and ketamine worth £6,200.",
        ["drugs_value 41300 GBP cocaine", "drugs_value 9800 GBP crack cocaine", "drugs_value 6200 GBP ketamine"],
    ),
    (
        "Cannabis was found in a loft.\n\nSix knives were seized, along with Class A drugs to a street value of £7,400.",
        ["bladed_weapons_seized 6", "drugs_value 7400 GBP A"],
    ),
    ("The force puts the crop at about £1.6m.", ["drugs_value 1600000 GBP about cannabis"]),
    ("It was found with 2,100 alprazolam tablets (€4,200).", ["drugs_seized 2100 tablet alprazolam", "drugs_value 4200 EUR alprazolam"]),
    ("The haul has a street value of between £95-£110 million.", ["drugs_value 95000000-110000000 GBP range"]),
    ("He was ordered to pay £61,370, with £340 costs.", ["confiscation 61370 GBP", "confiscation 340 GBP"]),
    ("The club was given £9,000 from the council and £4,000 from a trust.", ["funding 9000 GBP", "funding 4000 GBP"]),
    ("They seized £18,000 in notes and €2,300.", ["cash_seized 18000 GBP", "cash_seized 2300 EUR"]),
    ("Upwards of £190,000 had gone through his accounts.", ["proceeds 190000 GBP over"]),
    ("The street value of the drugs recovered is put at £71,000.", ["drugs_value 71000 GBP"]),
    (
        "They dug up 93 plants, the estimated value of which was between £60,000 and £80,000.",
        ["drugs_seized 93 plant cannabis", "drugs_value 60000-80000 GBP range cannabis"],
    ),
    ("The Home Office has put up to £145 million into it.", ["funding 145000000 GBP at_most"]),
    ("Gang jailed for more than 56 years\n\nThe gang got 56 years and eight months in prison.", ["sentence_length 680 mo"]),
    (
        "Over 400 knives handed in\n\nIn all, 431 knives were handed in. “Four hundred knives is a good start,” she said.",
        ["bladed_weapons_seized 431"],
    ),
    ("Officers recovered £9,300 in stolen bicycles.", ["assets_seized 9300 GBP"]),
    ("The estimated street value of the drugs is £90,000.", ["drugs_value 90000 GBP about"]),
    ("Gang get 52 years\n\nThe gang were jailed for a total of 52 years and three months.", ["sentence_length 627 mo"]),
    ("A £1.9m Home Office grant paid for it, and the council set up a £30,000 fund.", ["funding 1900000 GBP", "funding 30000 GBP"]),
    ("The commissioner has made available £62,000; groups can bid for up to £5,000.", ["funding 62000 GBP"]),
    ("They seized 8kg of cannabis. A car held £64,000 worth of the drug.", ["drugs_seized 8000 g cannabis", "drugs_value 64000 GBP cannabis"]),
    ("They found cannabis in a loft. In all, illegal drugs worth €31,500 were seized.", ["drugs_value 31500 EUR"]),
    ("The squad won jail sentences of more than 430 years.", ["sentence_length 5160 mo over"]),
    (
        "They found 7kg of cocaine. A further 3kg was found in a wardrobe, along with £8,000 in £500 bundles.",
        ["drugs_seized 7000 g cocaine", "drugs_seized 3000 g cocaine", "cash_seized 8000 GBP"],
    ),
    ("Five dealers were given prison sentences totalling 38 years.", ["people_sentenced 5", "sentence_length 456 mo"]),
    ("The total value of the goods taken away was confirmed to be £24,310.", ["assets_seized 24310 GBP"]),
    ("They were burnt along with illicit products worth a total of £1.6 million.", ["assets_seized 1600000 GBP"]),
    ("Confiscation orders amounted to £480,000, and a £1m drugs ring was broken up.", ["confiscation 480000 GBP"]),
    ("They seized £5,000 from a car and £3,000 from a house.", ["cash_seized 5000 GBP", "cash_seized 3000 GBP"]),
    ("At its busiest the line took around £1,900 a day.", ["proceeds 1900 GBP about"]),
    (
        "£61,000 of drugs seized\n\nDrugs worth almost £62,000 have been seized.\n\nIn all, officers seized £61,340 of drugs.",
        ["drugs_value 61340 GBP"],
    ),
    (
        "Heroin with an estimated street value of £61,000 and crack cocaine worth £9,500 were recovered.",
        ["drugs_value 61000 GBP about heroin", "drugs_value 9500 GBP crack cocaine"],
    ),
    ("Accounts holding £83,100, thought to belong to the same ring, have been frozen.", ["assets_seized 83100 GBP"]),
    ("The package includes £410,000 for patrols and £90,000 for lights.", ["funding 410000 GBP", "funding 90000 GBP"]),
    ("An extra £210,000 will be spent on street lights.", ["funding 210000 GBP"]),
    ("Costs of £85 and a victim surcharge of £40 were ordered.", ["confiscation 85 GBP", "confiscation 40 GBP"]),
    ("The programme has had more than £95 million since it was set up.", ["funding 95000000 GBP over"]),
    ("We keep a share, and £12,500 of it went straight to hospices.", ["funding 12500 GBP"]),
    ("A confiscation order for a nominal £1 was made.", ["confiscation 1 GBP"]),
    ("Officers found £18,400 in £10 and £20 notes.", ["cash_seized 18400 GBP"]),
    ("Officers found £5, £10 and £20 notes and two phones.", ["phones_seized 2"]),
    ("Officers found £400 and £20 notes of other currencies.", ["cash_seized 400 GBP"]),
    ("The council has found £25,000 towards new locks.", ["funding 25000 GBP"]),
    ("Bundles of £20 notes were found, and the council has £730,000 to spend.", ["funding 730000 GBP"]),
]
NOT_FACTS = [
    "Call 101 or ring Crimestoppers on 0800 555 111.",
    "A 34-year-old of 12 High Street, aged 41, was seen at 7.30pm on the A9.",
    "One in five people arrested were children, and 63 per cent had no record.",
    "Offences rose by 58 more than last year.",
    "A courier with 1kg of cocaine should as a rule get six years.",
    "A kilo of cocaine can be cut and bagged into thousands of deals.",
    "Dealers who tried to stay one step ahead of police have been jailed.",
    "Nearly 30% of the 212 motorists tested were over the drink-drive limit.",
    "Homes in Ely were among 17 searched.",
    "If 12 people are arrested the cells are full.",
    "The maximum penalty is four years in prison and a £5,000 fine.",
    "The gang supplied 48 kilos of cocaine over two years.",
    "It would have made 170,000 street deals.",
    "Three cars were involved in the collision.",
    "The county recorded 3,870 knife-enabled offences.",
    "There were no arrests, and several hundred people came.",
    "He told the victim he owed £1,500 and stole £25 in cash.",
    "Detective Sergeant Haddad has 16 years' service.",
    "A suspended sentence may be for up to two years.",
    "The hostel found a safe bed for him.",
    "Experts matched the phone to one which he carried.",
    "Shops that sell them face a fine of up to £60,000 per worker.",
    "Anyone on the phone at the wheel gets six points and a £180 fine.",
    "The law allows any sum of £2,000 or more to be held for two days.",
    "The grid says £38,000 of electricity was taken.",
    "For every ten people we put before a court, nine are convicted.",
    "For every arrest, three people have been safeguarded.",
    "Word 4 Weapons emptied the bins.",
    "The judge gave him three months to find the money.",
]


def told(text: str) -> list[str]:
    rows = []
    for fact in extract(text).facts:
        value = f"{fact.value:f}" + (f"-{fact.high:f}" if fact.high is not None else "")
        attributes = [*fact.attributes.drug, *fact.attributes.drug_class, *fact.attributes.group]
        rows.append(" ".join([fact.measure, value, *filter(None, [fact.unit]), *({fact.qualifier} - {"exact"}), *attributes]))
    return sorted(rows)


@pytest.mark.parametrize(("text", "facts"), [*CLAUSES, *LISTS, *PARTS, *VALUES])
def test_a_text_states_its_facts_and_no_others(text: str, facts: list[str]) -> None:
    assert told(text) == sorted(facts)


@pytest.mark.parametrize("text", NOT_FACTS)
def test_what_is_no_fact_is_none(text: str) -> None:
    assert told(text) == []


def test_a_rounded_figure_is_a_mention_of_its_exact_one() -> None:
    (fact,) = extract("Almost 250 people were arrested by the Met.\n\nThe week led to 249 arrests.").facts
    assert (int(fact.value), fact.qualifier, len(fact.mentions)) == (249, "exact", 2)


def test_a_rounded_figure_alone_keeps_its_qualifier() -> None:
    (fact,) = extract("More than 250 people were arrested.").facts
    assert (int(fact.value), fact.qualifier) == (250, "over")


def test_the_period_of_a_fact_is_its_sentence_s_else_the_release_s() -> None:
    text = "The week ran from 4 to 10 March 2024.\n\nOfficers made 41 arrests. In October 2023 they made 33 arrests."
    periods = {int(f.value): (str(f.period.start), str(f.period.end)) for f in extract(text).facts if f.period}
    assert periods == {41: ("2024-03-04", "2024-03-10"), 33: ("2023-10-01", "2023-10-31")}


def test_a_dollar_is_that_of_the_force_s_country() -> None:
    for force, code in (("Queensland Police Service", "AUD"), ("New Zealand Police", "NZD"), ("Toronto Police Service", "CAD"), ("LAPD", "USD")):
        (fact,) = extract(f"{force} seized $5,000 in cash.").facts
        assert fact.unit == code


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("11 weapons were seized, 15 of them in Leeds.", "line 1: “15 of them” is more than the 11 it is told to be part of"),
        (
            "Twelve people were arrested (nine men, four women).",
            "line 1: the parts from “nine men” on sum to 13, more than the 12 they are told to be part of",
        ),
        (
            "Officers made 200 arrests in total.\n\nIn all 211 arrests were made.",
            "line 3: “211 arrests” is called a total, and so is “200 arrests” in line 1",
        ),
        ("On Monday 3 March 2022 two men were arrested.", "Monday 3 March 2022 was a Thursday"),
    ],
)
def test_figures_that_contradict_each_other_give_a_warning(text: str, warning: str) -> None:
    assert warning in extract(text).warnings


def test_a_number_that_fits_no_measure_is_listed_with_its_class() -> None:
    record = extract("Call 101. A 34-year-old man ran 40 miles past 12 windmills.")
    assert [(u.text, u.reason) for u in record.unclassified] == [
        ("101", "phone"),
        ("34-year-old", "age"),
        ("40 miles", "length"),
        ("12", "unclassified"),
    ]
