import type { Department } from './goods.ts';

const SIZES = ['36', '37', '38', '39', '40', '41', '42', '43', '44', '45'];

const FEET = {
  stories: [
    'Half a size too small, and I noticed too late.',
    'Bought in {year}, worn on a handful of dry days.',
    'I love the look and my feet do not.',
    'A second pair of the same, because I was afraid they would be discontinued.',
  ],
  details: [
    'Soles have plenty of tread.',
    'New insoles and clean laces.',
    'They run slightly large.',
    'Waterproofed and brushed; box is included.',
    'Kept on shoe trees.',
  ],
  faults: [
    'The heels are worn down on the outside.',
    'A scuff on the left toe.',
    'Creased, and the lining is thin at the heel.',
  ],
};

export const shoes: Department = {
  slug: 'shoes',
  name: 'Shoes',
  leaves: [
    {
      slug: 'sneakers',
      name: 'Sneakers',
      share: 40,
      icons: ['sneaker'],
      models: [
        ['Adidas', 'Samba OG', 120, { Material: 'leather' }],
        ['Adidas', 'Gazelle', 110, { Material: 'suede' }],
        ['Adidas', 'Stan Smith', 100, { Material: 'leather' }],
        ['Nike', 'Air Force 1', 120, { Material: 'leather' }],
        ['Nike', 'Air Max 90', 150, { Material: 'mesh and leather' }],
        ['New Balance', '574', 100, { Material: 'suede' }],
        ['New Balance', '990v5', 220, { Material: 'suede and mesh' }],
        ['Converse', 'Chuck 70', 90, { Material: 'canvas' }],
        ['Vans', 'Old Skool', 75, { Material: 'canvas and suede' }],
        ['Veja', 'V-10', 150, { Material: 'leather' }],
        ['Puma', 'Suede Classic', 80, { Material: 'suede' }],
        ['Asics', 'Gel-Kayano 14', 150, { Material: 'mesh' }],
        ['Hoka', 'Clifton 9 running shoes', 150, { Material: 'mesh' }, 'sneaker-move'],
      ],
      choices: {
        Size: SIZES,
        Colour: ['white', 'black', 'navy', 'green', 'grey', 'burgundy', 'beige'],
      },
      titles: ['{brand} {model}, {Size}, {Colour}', '{brand} {model}, {Colour}, EU {Size}'],
      ...FEET,
      halfLife: 3.5,
    },
    {
      slug: 'boots',
      name: 'Boots & leather shoes',
      share: 36,
      icons: ['boot'],
      models: [
        ['Dr. Martens', '1460 boots', 180, { Material: 'leather' }],
        ['Dr. Martens', '1461 shoes', 150, { Material: 'leather' }],
        ['Red Wing', 'Iron Ranger', 370, { Material: 'leather' }],
        ['Blundstone', '500 Chelsea boots', 195, { Material: 'leather' }],
        ['R.M. Williams', 'Comfort Craftsman', 540, { Material: 'yearling leather' }],
        ['Church’s', 'Consul shoes', 850, { Material: 'calf leather' }],
        ['Loake', '1880 brogues', 320, { Material: 'calf leather' }],
        ['Paraboot', 'Michael', 480, { Material: 'leather' }],
        ['Clarks', 'Desert Boot', 140, { Material: 'suede' }],
        ['Timberland', '6-inch boots', 210, { Material: 'nubuck' }],
        ['Camper', 'Peu Cami', 140, { Material: 'leather' }],
        ['Repetto', 'Cendrillon ballerinas', 250, { Material: 'leather' }, 'high-heel'],
      ],
      choices: {
        Size: SIZES,
        Colour: ['black', 'brown', 'cognac', 'dark brown', 'oxblood', 'sand'],
      },
      titles: [
        '{brand} {model}, {Size}, {Colour}',
        '{brand} {model}, {Material}, {Colour}, EU {Size}',
      ],
      ...FEET,
      halfLife: 8,
    },
    {
      slug: 'outdoor-shoes',
      name: 'Outdoor shoes',
      share: 30,
      icons: ['boot'],
      models: [
        ['Meindl', 'Borneo 2 hiking boots', 260, { Use: 'hiking' }],
        ['Lowa', 'Renegade GTX', 230, { Use: 'hiking' }],
        ['Hanwag', 'Tatra II', 280, { Use: 'trekking' }],
        ['Salomon', 'X Ultra 4', 150, { Use: 'hiking' }],
        ['Salomon', 'Speedcross 6', 140, { Use: 'trail running' }],
        ['La Sportiva', 'Tarantulace climbing shoes', 85, { Use: 'climbing' }],
        ['La Sportiva', 'Bushido II', 150, { Use: 'trail running' }],
        ['Scarpa', 'Instinct VS', 150, { Use: 'climbing' }],
        ['Merrell', 'Moab 3', 130, { Use: 'hiking' }],
        ['Keen', 'Newport sandals', 120, { Use: 'sandals' }],
        ['Birkenstock', 'Arizona sandals', 90, { Use: 'sandals' }],
        ['Hunter', 'Original Tall wellingtons', 150, { Use: 'rain' }],
      ],
      choices: { Size: SIZES, Colour: ['black', 'grey', 'brown', 'olive', 'blue'] },
      titles: ['{brand} {model}, {Size}, {Colour}', '{brand} {model} ({Use}), EU {Size}'],
      ...FEET,
      halfLife: 4,
    },
  ],
};
