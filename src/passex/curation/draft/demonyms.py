"""Demonyms: what is of a state, and who is from there, by the local name of the state's IRI.

Common knowledge, as the press in English writes them. What two states share (Congolese, Guinean,
Dominican, Korean) is given with each: it leads to a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_TABLE: Final = """
afghanistan Afghan Afghans
albania Albanian Albanians
algeria Algerian Algerians
andorra Andorran
angola Angolan Angolans
antigua-and-barbuda Antiguan
argentina Argentine Argentinian Argentines Argentinians
armenia Armenian Armenians
australia Australian Australians
austria Austrian Austrians
azerbaijan Azerbaijani Azeri Azerbaijanis
bahamas Bahamian Bahamians
bahrain Bahraini Bahrainis
bangladesh Bangladeshi Bangladeshis
barbados Barbadian Barbadians
belarus Belarusian Belarusians
belgium Belgian Belgians
belize Belizean Belizeans
benin Beninese
bhutan Bhutanese
bolivia Bolivian Bolivians
bosnia-and-herzegovina Bosnian Bosnians
botswana Botswanan
brazil Brazilian Brazilians
brunei Bruneian Bruneians
bulgaria Bulgarian Bulgarians
burkina-faso Burkinabe
burundi Burundian
cambodia Cambodian Cambodians
cameroon Cameroonian Cameroonians
canada Canadian Canadians
cape-verde Cape-Verdean
central-african-republic Central-African
chad Chadian Chadians
chile Chilean Chileans
china Chinese
colombia Colombian Colombians
comoros Comorian
costa-rica Costa-Rican Costa-Ricans
cote-d-ivoire Ivorian Ivorians
croatia Croatian Croat Croatians Croats
cuba Cuban Cubans
cyprus Cypriot Cypriots
czechia Czech Czechs
denmark Danish Danes
djibouti Djiboutian Djiboutians
dominica Dominican
dominican-republic Dominican Dominicans
dr-congo Congolese
ecuador Ecuadorian Ecuadorean Ecuadorians
egypt Egyptian Egyptians
el-salvador Salvadoran Salvadorans
equatorial-guinea Equatoguinean Equatorial-Guinean
eritrea Eritrean Eritreans
estonia Estonian Estonians
eswatini Swazi
ethiopia Ethiopian Ethiopians
fiji Fijian Fijians
finland Finnish Finns
france French
gabon Gabonese
gambia Gambian Gambians
georgia Georgian Georgians
germany German Germans
ghana Ghanaian Ghanaians
greece Greek Hellenic Greeks
grenada Grenadian Grenadians
guatemala Guatemalan Guatemalans
guinea Guinean
guinea-bissau Bissau-Guinean
guyana Guyanese
haiti Haitian Haitians
honduras Honduran Hondurans
hungary Hungarian Hungarians
iceland Icelandic Icelanders
india Indian Indians
indonesia Indonesian Indonesians
iran Iranian Iranians
iraq Iraqi Iraqis
ireland Irish
israel Israeli Israelis
italy Italian Italians
jamaica Jamaican Jamaicans
japan Japanese
jordan Jordanian Jordanians
kazakhstan Kazakh Kazakhs
kenya Kenyan Kenyans
kiribati I-Kiribati
kuwait Kuwaiti Kuwaitis
kyrgyzstan Kyrgyz
laos Laotian Lao
latvia Latvian Latvians
lebanon Lebanese
liberia Liberian Liberians
libya Libyan Libyans
lithuania Lithuanian Lithuanians
madagascar Malagasy
malawi Malawian
malaysia Malaysian Malaysians
maldives Maldivian Maldivians
mali Malian Malians
malta Maltese
marshall-islands Marshallese
mauritania Mauritanian Mauritanians
mauritius Mauritian Mauritians
mexico Mexican Mexicans
micronesia Micronesian
moldova Moldovan Moldovans
monaco Monegasque
mongolia Mongolian Mongolians
montenegro Montenegrin Montenegrins
morocco Moroccan Moroccans
mozambique Mozambican Mozambicans
myanmar Burmese
namibia Namibian Namibians
nauru Nauruan
nepal Nepali Nepalese
netherlands Dutch
new-zealand New-Zealander New-Zealanders
nicaragua Nicaraguan Nicaraguans
nigeria Nigerian Nigerians
north-korea North-Korean North-Koreans Korean Koreans
north-macedonia Macedonian Macedonians
norway Norwegian Norwegians
oman Omani Omanis
pakistan Pakistani Pakistanis
palau Palauan
panama Panamanian Panamanians
papua-new-guinea Papuan
paraguay Paraguayan Paraguayans
peru Peruvian Peruvians
philippines Filipino Filipinos
poland Polish Poles
portugal Portuguese
qatar Qatari Qataris
republic-of-the-congo Congolese
romania Romanian Romanians
russia Russian Russians
rwanda Rwandan Rwandans
saint-lucia Saint-Lucian
samoa Samoan
saudi-arabia Saudi Saudis
senegal Senegalese
serbia Serbian Serb Serbs
seychelles Seychellois
sierra-leone Sierra-Leonean
singapore Singaporean Singaporeans
slovakia Slovak Slovakian Slovaks
slovenia Slovenian Slovene Slovenes
solomon-islands Solomon-Islander
somalia Somali Somalis
south-africa South-African South-Africans
south-korea South-Korean South-Koreans Korean Koreans
south-sudan South-Sudanese
soviet-union Soviet Soviets
spain Spanish Spaniards
sri-lanka Sri-Lankan Sri-Lankans
sudan Sudanese
suriname Surinamese
sweden Swedish Swedes
switzerland Swiss
syria Syrian Syrians
taiwan Taiwanese
tajikistan Tajik
tanzania Tanzanian Tanzanians
thailand Thai Thais
timor-leste Timorese
togo Togolese
tonga Tongan Tongans
trinidad-and-tobago Trinidadian
tunisia Tunisian Tunisians
turkey Turkish Turks
turkmenistan Turkmen
uganda Ugandan
ukraine Ukrainian Ukrainians
united-arab-emirates Emirati Emiratis
united-kingdom British Britons
united-states American Americans
uruguay Uruguayan Uruguayans
uzbekistan Uzbek
vanuatu Ni-Vanuatu
venezuela Venezuelan Venezuelans
vietnam Vietnamese
yemen Yemeni Yemenis
yugoslavia Yugoslav
zambia Zambian
zimbabwe Zimbabwean
"""


def demonyms() -> Iterator[tuple[str, str]]:
    """Give each demonym with the local name of its state's IRI.

    Example:
        >>> [state for state, word in demonyms() if word == "Korean"]
        ['north-korea', 'south-korea']
    """
    for line in _TABLE.split("\n"):
        state, *forms = line.split() or [""]
        for form in forms:
            yield state, form.replace("-", " ")
