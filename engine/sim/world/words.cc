// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/world/words.h"

#include <array>

namespace mtpool::sim {

namespace {

using std::string_view;

template <std::size_t N>
using Words = std::array<string_view, N>;

constexpr Words<16> kRuOpenings{
    "Сегодня ",        "Утром ",           "К вечеру ",       "Как обычно, ",
    "По слухам, ",     "Вчера и сегодня ", "Раз в неделю ",   "Тихо и без спешки ",
    "Наконец ",        "Между делом ",     "Судя по всему, ", "Пока не поздно, ",
    "Каждый вторник ", "После дождя ",     "До обеда ",       "Снова "};
constexpr Words<30> kRuWho{"смотритель маяка",
                           "наша бригада",
                           "старший механик",
                           "соседка с пятого этажа",
                           "школьный кружок",
                           "ночной диспетчер",
                           "капитан буксира",
                           "редакция",
                           "почтальон",
                           "лаборатория",
                           "дежурный врач",
                           "хор ветеранов",
                           "садовник",
                           "команда портовиков",
                           "инженер связи",
                           "библиотека",
                           "архитектор моста",
                           "геолог",
                           "станция метро",
                           "районный совет",
                           "пекарь",
                           "астроном-любитель",
                           "швейная мастерская",
                           "водитель трамвая",
                           "экспедиция",
                           "музей часов",
                           "лесник",
                           "оператор крана",
                           "группа студентов",
                           "хозяйка кофейни"};
constexpr Words<30> kRuDoes{"проверяет",  "чинит",     "рисует",     "перевозит",   "ищет",
                            "описывает",  "собирает",  "красит",     "измеряет",    "открывает",
                            "сушит",      "считает",   "заказывает", "разбирает",   "фотографирует",
                            "взвешивает", "обсуждает", "готовит",    "записывает",  "хранит",
                            "показывает", "продаёт",   "меняет",     "настраивает", "переписывает",
                            "ждёт",       "находит",   "раздаёт",    "подписывает", "запускает"};
constexpr Words<32> kRuWhat{"старый якорь",
                            "партию подшипников",
                            "карту проливов",
                            "семь ящиков яблок",
                            "телеграфный аппарат",
                            "новый парус",
                            "расписание паромов",
                            "журнал наблюдений",
                            "медный котёл",
                            "запасной генератор",
                            "ведро краски",
                            "коллекцию минералов",
                            "рукопись",
                            "швейную машину",
                            "стеклянный купол",
                            "ящик с письмами",
                            "отчёт за квартал",
                            "трамвайный билет",
                            "мешок муки",
                            "план эвакуации",
                            "барометр",
                            "кабель длиной в милю",
                            "черновик договора",
                            "корзину грибов",
                            "деревянную лодку",
                            "сигнальный фонарь",
                            "чертёж насоса",
                            "свежий хлеб",
                            "радиостанцию",
                            "список запчастей",
                            "каменную плиту",
                            "пять велосипедов"};
constexpr Words<24> kRuWhere{"в северном порту",
                             "на крыше вокзала",
                             "у старой мельницы",
                             "за второй проходной",
                             "во дворе школы",
                             "на левом берегу",
                             "в подвале архива",
                             "под мостом",
                             "на седьмом причале",
                             "в читальном зале",
                             "около рынка",
                             "возле метеостанции",
                             "на складе номер три",
                             "в конце аллеи",
                             "у водонапорной башни",
                             "за городом",
                             "на верхней палубе",
                             "в пустом цехе",
                             "рядом с почтой",
                             "на набережной",
                             "в зимнем саду",
                             "на двадцатом километре",
                             "у ледника",
                             "в тихом переулке"};
constexpr Words<32> kRuRemarks{"спасибо, принято",
                               "а когда начнём?",
                               "я уже на месте",
                               "кто видел ключи от склада?",
                               "ну наконец-то",
                               "проверил, всё работает",
                               "опоздаю минут на десять",
                               "да, так и есть",
                               "не открывается, попробую позже",
                               "отлично вышло",
                               "в среду не смогу",
                               "перезвоните, пожалуйста",
                               "ок",
                               "+",
                               "вопрос снят",
                               "а фото можно покрупнее?",
                               "и у нас дождь",
                               "договорились",
                               "сколько это стоит?",
                               "добрый вечер всем",
                               "с днём рождения!",
                               "это вчерашнее сообщение",
                               "поддерживаю",
                               "где скачать отчёт?",
                               "нет, это другой поезд",
                               "жду на проходной",
                               "повторите адрес",
                               "лучше завтра с утра",
                               "красота",
                               "кажется, связь пропала",
                               "у кого есть лишний зонт?",
                               "посмотрю и отвечу"};
constexpr Words<14> kRuTags{"порт",       "новости",     "ремонт", "погода",  "архив",
                            "мастерская", "рынок_труда", "фото",   "история", "вопрос",
                            "полезное",   "расписание",  "наука",  "итоги"};
constexpr Words<14> kRuTitles{"Вести с причала",  "Хроника недели", "Письма читателей",  "Ход ремонта",
                              "Погода и приливы", "Находка дня",    "Из старого архива", "Коротко о важном",
                              "Рабочий полдень",  "Новые маршруты", "Советы мастера",    "Цифры месяца",
                              "Разговор у карты", "Ночная смена"};

constexpr Words<16> kEnOpenings{"Today ",
                                "By noon ",
                                "Once more ",
                                "As planned, ",
                                "Oddly enough, ",
                                "This morning ",
                                "Rain or shine, ",
                                "At long last ",
                                "Every Tuesday ",
                                "Between shifts ",
                                "Word has it that ",
                                "Without much noise ",
                                "Before the tide turns, ",
                                "On short notice ",
                                "For the third time ",
                                "Later on "};
constexpr Words<30> kEnWho{"the lighthouse keeper", "our night crew",      "the ferry captain",
                           "a retired surveyor",    "the harbour office",  "the choir",
                           "a field botanist",      "the tram driver",     "the print shop",
                           "the watchmaker",        "a visiting chemist",  "the school band",
                           "the bridge engineer",   "the baker next door", "the archive team",
                           "a young geologist",     "the crane operator",  "the radio club",
                           "the map room",          "the duty nurse",      "the tailor",
                           "a patient gardener",    "the weather desk",    "the repair depot",
                           "the island council",    "the cable ship",      "the town museum",
                           "the mail carrier",      "a careful editor",    "the beekeeper"};
constexpr Words<30> kEnDoes{"repairs", "measures", "sketches", "delivers", "studies",   "orders",
                            "paints",  "weighs",   "opens",    "collects", "describes", "launches",
                            "dries",   "sorts",    "tests",    "carries",  "records",   "rebuilds",
                            "borrows", "inspects", "labels",   "replaces", "counts",    "stores",
                            "signs",   "finds",    "presents", "copies",   "tunes",     "auctions"};
constexpr Words<32> kEnWhat{
    "an iron anchor",        "nine crates of pears", "a chart of the strait", "the spare turbine",
    "a bundle of letters",   "the brass barometer",  "two miles of cable",    "a wooden skiff",
    "the quarterly report",  "a bag of rye flour",   "the signal lamp",       "an old typewriter",
    "the pump drawings",     "a box of minerals",    "the ferry timetable",   "a copper kettle",
    "the evacuation plan",   "a loaf of warm bread", "the tide tables",       "an unsigned contract",
    "the observation log",   "a glass dome",         "seven bicycles",        "the parts list",
    "a pot of grey paint",   "the tram tickets",     "a marble slab",         "the backup radio",
    "a basket of mushrooms", "the clock tower",      "a faded poster",        "the last manuscript"};
constexpr Words<24> kEnWhere{"on the north quay",      "behind the station",
                             "near the old mill",      "at gate two",
                             "under the viaduct",      "on the left bank",
                             "in the reading room",    "by the glacier",
                             "in warehouse three",     "at the far end",
                             "off the main road",      "in the winter garden",
                             "above the boiler room",  "next to the post office",
                             "on the upper deck",      "at pier seven",
                             "in an empty workshop",   "outside town",
                             "beside the water tower", "along the canal",
                             "in the cellar",          "across the square",
                             "at mile twenty",         "on the promenade"};
constexpr Words<32> kEnRemarks{"thanks, got it",
                               "when do we start?",
                               "running ten minutes late",
                               "works for me",
                               "who has the keys?",
                               "same here",
                               "looks good",
                               "can't open the file",
                               "see you at the gate",
                               "ok",
                               "+1",
                               "not on Wednesday",
                               "call me back please",
                               "that was yesterday's one",
                               "good evening everyone",
                               "how much is it?",
                               "any bigger photo?",
                               "agreed",
                               "wrong train, sorry",
                               "let me check",
                               "rain here too",
                               "happy birthday!",
                               "where is the report?",
                               "nice work",
                               "please repeat the address",
                               "I lost the signal",
                               "tomorrow morning then",
                               "never mind, solved",
                               "spare umbrella, anyone?",
                               "on my way",
                               "it restarts by itself",
                               "ask the night crew"};
constexpr Words<14> kEnTags{"harbour", "news",    "repair",   "weather", "archive",   "workshop", "market",
                            "photo",   "history", "question", "useful",  "timetable", "science",  "summary"};
constexpr Words<14> kEnTitles{
    "News from the quay", "The week in notes",    "Letters we got", "Repair log",    "Tides and weather",
    "Find of the day",    "From the archive",     "In short",       "Midday report", "New routes",
    "Workshop advice",    "Figures of the month", "Around the map", "Night shift"};

constexpr Words<6> kRightToLeft{"صباح الخير، وصلت السفينة إلى الميناء",
                                "هل يعمل القطار غدا؟",
                                "תודה רבה, הכול עובד",
                                "שלום לכולם מהנמל",
                                "اجتمع الفريق قرب الجسر 12",
                                "הדוח מוכן, page 7"};
constexpr Words<30> kEmoji{"🙂",
                           "🚢",
                           "⚓",
                           "🔧",
                           "📷",
                           "🌧️",
                           "☕",
                           "✅",
                           "❗",
                           "🎉",
                           "👍🏽",
                           "👋🏿",
                           "💪🏻",
                           "🧑🏾‍🚀",
                           "👩‍🔬",
                           "👨‍👩‍👧‍👦",
                           "🏳️‍🌈",
                           "❤️‍🔥",
                           "👩🏼‍💻",
                           "🐻‍❄️",
                           "🇷🇺",
                           "🇩🇪",
                           "🇧🇷",
                           "🇯🇵",
                           "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                           "1️⃣",
                           "#️⃣",
                           "✍️",
                           "🕰️",
                           "🤷🏽‍♀️"};
constexpr Words<14> kReactionEmoji{"👍", "❤", "🔥", "🎉", "🤔",       "😁",           "👎",
                                   "😱", "👏", "🙏", "🐳", "❤‍🔥", "👨‍💻", "🕊"};

constexpr Words<24> kFirstNames{"Анна", "Борис", "Вера",  "Глеб",   "Дарья", "Егор",  "Жанна", "Игорь",
                                "Ada",  "Bruno", "Clara", "Dmitri", "Elena", "Felix", "Greta", "Hugo",
                                "Ines", "Jonas", "Karin", "Leon",   "ליאור", "سمير",  "美咲",  "Zoë"};
constexpr Words<20> kLastNames{"Ветров", "Лодочкина", "Маякин", "Песков",  "Рыбак",   "Стрелкин", "Углова",
                               "Якорев", "Alder",     "Birch",  "Castor",  "Drift",   "Ekman",    "Farrow",
                               "Gale",   "Hollis",    "Ivers",  "Juniper", "Kestrel", "Larsen"};
constexpr Words<10> kCities{"Северный Порт", "Устье",      "Мельничный", "Ледовка",   "Verhafen",
                            "Kesterby",      "Port Alder", "Larkmouth",  "São Barão", "Østvik"};

}  // namespace

const Language& russian() {
  static const Language kRussian{kRuOpenings, kRuWho,     kRuDoes, kRuWhat,
                                 kRuWhere,    kRuRemarks, kRuTags, kRuTitles};
  return kRussian;
}

const Language& english() {
  static const Language kEnglish{kEnOpenings, kEnWho,     kEnDoes, kEnWhat,
                                 kEnWhere,    kEnRemarks, kEnTags, kEnTitles};
  return kEnglish;
}

WordList rightToLeft() {
  return kRightToLeft;
}

WordList emoji() {
  return kEmoji;
}

WordList reactionEmoji() {
  return kReactionEmoji;
}

WordList firstNames() {
  return kFirstNames;
}

WordList lastNames() {
  return kLastNames;
}

WordList cities() {
  return kCities;
}

}  // namespace mtpool::sim
