package meower.standalone.demo;

import java.util.List;

/** The vocabulary of {@link DemoTexts}. */
final class DemoWords {
  /** Parts of sentences that fit together in any combination. */
  record Language(List<String> subjects, List<String> verbs, List<String> places) {}

  static final List<String> CATS =
      List.of(
          "The ginger tom",
          "Our tabby",
          "A very small kitten",
          "The black cat",
          "Somebody's Siamese",
          "The bakery cat",
          "A sleepy Maine Coon",
          "The neighbour's calico",
          "An old grey cat",
          "The library cat",
          "A one-eyed pirate of a cat",
          "The ship's cat");
  static final List<String> DOINGS =
      List.of(
          "is asleep",
          "caught a leaf",
          "knocked over a vase",
          "stares at nothing",
          "sings loudly",
          "stole a sausage",
          "hides from the rain",
          "supervises the builders",
          "chases its own tail",
          "sits in a box that is far too small",
          "refuses to move",
          "made friends with a hedgehog",
          "inspects the groceries",
          "lost a fight with a cushion");
  static final List<String> PLACES =
      List.of(
          "on the roof",
          "behind the sofa",
          "in the café",
          "at the railway station",
          "under the piano",
          "in the garden",
          "next to the fish market",
          "on my keyboard",
          "in the old harbour",
          "on the night train",
          "at the top of the stairs",
          "in the reading room",
          "by the canal",
          "inside the wardrobe");
  static final List<String> TIMES =
      List.of(
          "this morning",
          "again",
          "since noon",
          "at 3 a.m.",
          "right now",
          "all weekend",
          "before breakfast",
          "every single day",
          "on a Monday",
          "during the meeting",
          "at dusk",
          "for the third time");
  static final List<String> OPENINGS =
      List.of(
          "Unpopular opinion:",
          "Hear me out:",
          "Science says",
          "My grandmother was right:",
          "Everybody knows that",
          "After years of research:",
          "I will die on this hill:",
          "Let it be known that",
          "Small reminder:");
  static final List<String> THINGS =
      List.of(
          "a cardboard box",
          "strong coffee",
          "the sunny spot",
          "a good pencil",
          "fresh bread",
          "an empty inbox",
          "the window seat",
          "a warm radiator",
          "rain on the window",
          "a paper map",
          "tuna",
          "a long nap",
          "the last slice of cake",
          "a broken umbrella",
          "wool socks",
          "an unread book",
          "cold pizza",
          "the second alarm clock");
  static final List<String> COMPARISONS =
      List.of(
          "better",
          "more useful",
          "harder to find",
          "funnier",
          "more honest",
          "quieter",
          "less overrated");
  static final List<String> QUESTIONS =
      List.of(
          "Does anybody know who left",
          "Who is responsible for",
          "Why is there always",
          "Has anyone seen",
          "Is it legal to keep",
          "How do I explain",
          "What would you do with",
          "Where can I buy");
  static final List<String> DISHES =
      List.of(
          "Sunday crêpes",
          "Jalapeño cornbread",
          "Kürbissuppe",
          "Lazy risotto",
          "Piñata cookies",
          "Smørrebrød",
          "Grandma's plum cake",
          "Emergency noodles",
          "Fish pie",
          "Açaí porridge");
  static final List<String> INGREDIENTS =
      List.of(
          "flour",
          "butter",
          "chickpeas",
          "plums",
          "rice",
          "cheddar",
          "rye bread",
          "walnuts",
          "pumpkin",
          "sugar",
          "salmon",
          "leeks",
          "oats");
  static final List<String> HEATS =
      List.of(
          "at 180 °C",
          "on low heat",
          "under the grill",
          "in the fridge",
          "over an open fire",
          "at full steam");
  static final List<String> READINGS =
      List.of(
          "Long read",
          "A lovely essay",
          "Notes",
          "The best thread",
          "A photo series",
          "A short film",
          "An angry letter",
          "Three facts");
  static final List<String> DOMAINS = List.of("com", "org", "net");
  static final List<String> WEATHERS =
      List.of(
          "Fog",
          "Drizzle",
          "Blue sky",
          "First snow",
          "Thunder",
          "A rainbow",
          "Hail",
          "Strong wind",
          "Heat");
  static final List<String> MOODS =
      List.of(
          "All I want is",
          "Saved by",
          "Dreaming of",
          "Still looking for",
          "Traded my lunch for",
          "Never without",
          "Today's hero:",
          "Ode to",
          "Farewell to");
  static final List<String> TAGS =
      List.of(
          "cats",
          "caturday",
          "coffee",
          "books",
          "gardening",
          "trains",
          "baking",
          "weather",
          "music",
          "cycling",
          "tea",
          "astronomy",
          "knitting",
          "hiking",
          "photography",
          "mondays",
          "chess",
          "birds");
  static final List<String> EMOJI =
      List.of(
          "🐈", "😹", "🐾", "☕", "🌧️", "🌞", "🍞", "📚", "🚂", "🎻", "🐟", "🙀", "👩‍🍳", "🏳️‍🌈",
          "❤️", "🤷🏽");

  static final List<Language> LANGUAGES =
      List.of(
          new Language(
              List.of(
                  "Die Katze",
                  "Unser Kater",
                  "Ein müdes Kätzchen",
                  "Der Nachbarshund",
                  "Das Eichhörnchen"),
              List.of(
                  "schläft",
                  "träumt süß",
                  "miaut laut",
                  "frühstückt",
                  "klettert",
                  "wartet geduldig"),
              List.of(
                  "auf dem Dach",
                  "im Gemüsebeet",
                  "vor der Bäckerei",
                  "über den Wolken",
                  "an der Straßenbahn")),
          new Language(
              List.of(
                  "Le chat noir",
                  "Ma voisine",
                  "Un chaton gêné",
                  "La boulangère",
                  "Le garçon du café"),
              List.of(
                  "dort",
                  "rêve",
                  "chante très fort",
                  "mange une crêpe",
                  "a déjà tout préparé",
                  "s'arrête"),
              List.of(
                  "sur le canapé",
                  "à la plage",
                  "près de la forêt",
                  "devant l'épicerie",
                  "sous la fenêtre")),
          new Language(
              List.of("El gato", "Mi abuela", "La señora del quinto", "Un pingüino", "El niño"),
              List.of(
                  "duerme", "canta", "sueña despierto", "cocina mañana", "baila", "pide más atún"),
              List.of(
                  "en el balcón",
                  "bajo el árbol",
                  "cerca del río",
                  "en la montaña",
                  "junto al jardín")),
          new Language(
              List.of("Kočka", "Můj děda", "Malé kotě", "Žlutý pes", "Soused"),
              List.of("spí", "přemýšlí", "zpívá", "běží", "čte noviny", "vaří knedlíky"),
              List.of("na střeše", "v kuchyni", "za řekou", "u rybníka", "před nádražím")),
          new Language(
              List.of("Кошка", "Мой дедушка", "Рыжий кот", "Соседка", "Щенок"),
              List.of("спит", "поёт", "ждёт весну", "пьёт чай", "мечтает", "читает"),
              List.of("на крыше", "в саду", "у окна", "под дождём", "на вокзале")),
          new Language(
              List.of("猫が", "おばあちゃんが", "子犬が", "となりの人が", "店長が"),
              List.of("静かに", "のんびり", "うれしそうに", "朝から", "雨の中で", "こっそり"),
              List.of("寝ている", "歌っている", "待っている", "魚を食べている", "本を読んでいる")),
          new Language(
              List.of("Η γάτα", "Ο παππούς", "Το γατάκι", "Η γειτόνισσα", "Ο φούρναρης"),
              List.of("κοιμάται", "τραγουδά", "περιμένει", "ονειρεύεται", "διαβάζει", "χορεύει"),
              List.of(
                  "στη στέγη", "στον κήπο", "δίπλα στη θάλασσα", "στο λιμάνι", "στην κουζίνα")));

  private DemoWords() {}
}
