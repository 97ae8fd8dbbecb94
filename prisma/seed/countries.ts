/** A country that people of the market live in. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
  /** How many people live there, against the other countries. */
  readonly share: number;
  readonly currency: 'EUR' | 'GBP';
  readonly firstNames: string;
  readonly surnames: string;
  /** Postal code and town. */
  readonly towns: readonly (readonly [postalCode: string, town: string])[];
  readonly streets: readonly string[];
  /** Whether the number stands before the street. */
  readonly numberFirst?: true;
}

export const COUNTRIES: readonly Country[] = [
  {
    code: 'FR',
    name: 'France',
    share: 20,
    currency: 'EUR',
    firstNames:
      'Camille Louis Chloé Antoine Manon Hugo Inès Julien Élodie Mathieu Léa Rémi Margaux Baptiste',
    surnames:
      'Moreau Lefèvre Girard Bonnet Fontaine Rousseau Mercier Chevalier Garnier Faure Blanchard Renard',
    towns: [
      ['69003', 'Lyon'],
      ['44000', 'Nantes'],
      ['67000', 'Strasbourg'],
      ['33000', 'Bordeaux'],
      ['35000', 'Rennes'],
      ['59800', 'Lille'],
    ],
    streets: [
      'rue des Tanneurs',
      'rue Victor-Hugo',
      'quai de la Fosse',
      'impasse des Lilas',
      'rue du Marché',
    ],
    numberFirst: true,
  },
  {
    code: 'DE',
    name: 'Germany',
    share: 20,
    currency: 'EUR',
    firstNames:
      'Jonas Lena Felix Hannah Moritz Johanna Tobias Greta Lukas Klara Matthias Svenja Emil Frieda',
    surnames:
      'Müller Brandt Vogel Keller Schäfer Lorenz Winkler Busch Hartmann Krause Seidel Albrecht',
    towns: [
      ['04109', 'Leipzig'],
      ['20357', 'Hamburg'],
      ['50667', 'Köln'],
      ['79098', 'Freiburg'],
      ['90402', 'Nürnberg'],
      ['28195', 'Bremen'],
    ],
    streets: ['Lindenstraße', 'Am Mühlbach', 'Goethestraße', 'Gartenweg', 'Schillerplatz'],
  },
  {
    code: 'NL',
    name: 'Netherlands',
    share: 12,
    currency: 'EUR',
    firstNames: 'Daan Sanne Bram Femke Jeroen Lotte Thijs Maaike Ruben Anouk Pieter Fleur',
    surnames: 'Jansen Bakker Visser Meijer Mulder Hendriks Dekker Brouwer Kuipers Postma',
    towns: [
      ['3511 BT', 'Utrecht'],
      ['9711 LM', 'Groningen'],
      ['2312 ES', 'Leiden'],
      ['6511 KJ', 'Nijmegen'],
      ['3011 AD', 'Rotterdam'],
    ],
    streets: ['Oudegracht', 'Kerkstraat', 'Molenweg', 'Prinsengracht', 'Dorpsstraat'],
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    share: 14,
    currency: 'GBP',
    firstNames: 'Oliver Amelia George Isla Harry Freya Callum Poppy Rhys Imogen Alistair Nisha',
    surnames:
      'Walker Bennett Hughes Fraser Marsh Whitaker Pritchard Campbell Ashworth Patel Barlow Osborne',
    towns: [
      ['BS1 4DJ', 'Bristol'],
      ['EH3 9GL', 'Edinburgh'],
      ['LS1 5DL', 'Leeds'],
      ['CF10 1EP', 'Cardiff'],
      ['NR2 1RL', 'Norwich'],
      ['S1 2HE', 'Sheffield'],
    ],
    streets: ['Station Road', 'Church Lane', 'Mill Street', 'Victoria Terrace', 'Orchard Close'],
    numberFirst: true,
  },
  {
    code: 'ES',
    name: 'Spain',
    share: 9,
    currency: 'EUR',
    firstNames: 'Lucía Mateo Carmen Álvaro Elena Diego Marta Javier Nuria Pablo Rocío Iker',
    surnames: 'García Navarro Ortega Serrano Molina Iglesias Vidal Castaño Ferrer Prieto',
    towns: [
      ['46001', 'Valencia'],
      ['41001', 'Sevilla'],
      ['08001', 'Barcelona'],
      ['48001', 'Bilbao'],
      ['18001', 'Granada'],
    ],
    streets: ['Calle Mayor', 'Calle del Olmo', 'Avenida de la Paz', 'Calle San Juan'],
  },
  {
    code: 'PT',
    name: 'Portugal',
    share: 7,
    currency: 'EUR',
    firstNames: 'Tiago Beatriz Rui Inês Duarte Leonor Nuno Catarina Gonçalo Marta',
    surnames: 'Silva Ferreira Carvalho Teixeira Almeida Pinto Moura Azevedo Tavares',
    towns: [
      ['4050-253', 'Porto'],
      ['1100-148', 'Lisboa'],
      ['3000-150', 'Coimbra'],
      ['4700-030', 'Braga'],
    ],
    streets: ['Rua das Flores', 'Rua do Almada', 'Travessa do Carmo', 'Largo da Sé'],
  },
  {
    code: 'IT',
    name: 'Italy',
    share: 9,
    currency: 'EUR',
    firstNames:
      'Giulia Lorenzo Chiara Matteo Francesca Davide Elisa Niccolò Sara Pietro Marta Tommaso',
    surnames: 'Bianchi Ricci Conti Greco Moretti Barbieri Fontana Marini Ferrara Sartori',
    towns: [
      ['10121', 'Torino'],
      ['40121', 'Bologna'],
      ['35121', 'Padova'],
      ['34121', 'Trieste'],
      ['50121', 'Firenze'],
    ],
    streets: ['Via Garibaldi', 'Via dei Mille', 'Corso Italia', 'Piazza Santo Stefano'],
  },
  {
    code: 'DK',
    name: 'Denmark',
    share: 4,
    currency: 'EUR',
    firstNames: 'Mads Freja Rasmus Sofie Mikkel Astrid Søren Karen',
    surnames: 'Nielsen Holm Kjær Lund Bruun Østergaard Dahl',
    towns: [
      ['8000', 'Aarhus'],
      ['2200', 'København'],
      ['5000', 'Odense'],
    ],
    streets: ['Vestergade', 'Nørregade', 'Skovvej'],
  },
  {
    code: 'SE',
    name: 'Sweden',
    share: 4,
    currency: 'EUR',
    firstNames: 'Elsa Oskar Maja Axel Ebba Linnea Gustav Signe',
    surnames: 'Lindqvist Sandberg Åkesson Nyström Hedlund Bergman Ek',
    towns: [
      ['413 01', 'Göteborg'],
      ['211 20', 'Malmö'],
      ['753 10', 'Uppsala'],
    ],
    streets: ['Storgatan', 'Linnégatan', 'Björkvägen'],
  },
  {
    code: 'PL',
    name: 'Poland',
    share: 6,
    currency: 'EUR',
    firstNames: 'Zofia Jakub Hanna Szymon Maja Wojciech Agnieszka Piotr Ewa Łukasz',
    surnames: 'Nowak Zieliński Wójcik Kamińska Lewandowska Mazur Dąbrowska Sikora',
    towns: [
      ['31-001', 'Kraków'],
      ['50-001', 'Wrocław'],
      ['80-001', 'Gdańsk'],
      ['60-001', 'Poznań'],
    ],
    streets: ['ulica Długa', 'ulica Lipowa', 'ulica Krótka', 'aleja Róż'],
  },
];
