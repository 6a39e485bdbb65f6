/** Codes that the standard leaves to others: makers, utilities, consortia, countries. */

/** Which group puts a code into the ranges of makers. IEC 62056-6-1, Manufacturer specific codes. */
export function manufacturerGroup(code: Uint8Array): "B" | "C" | "D" | "E" | "F" | undefined {
  const [, b = 0, c = 0, d = 0, e = 0, f = 0] = code;
  if (b >= 128 && b <= 199) return "B";
  if ((c >= 128 && c <= 199) || c === 240) return "C";
  if (d >= 128 && d <= 254) return "D";
  if (e >= 128 && e <= 254) return "E";
  if (f >= 128 && f <= 254) return "F";
  return undefined;
}

/** Countries by value group D where C is 94. IEC 62056-6-1, Value group D codes, country specific. */
const countries = `
0 Finland;1 the USA;2 Canada;3 Serbia;7 Russia;10 the Czech Republic;11 Bulgaria;12 Croatia
13 Ireland;14 Israel;15 Ukraine;20 Egypt;27 South Africa;30 Greece;31 the Netherlands;32 Belgium
33 France;34 Spain;35 Portugal;36 Hungary;37 Lithuania;38 Slovenia;39 Italy;40 Romania
41 Switzerland;42 Slovakia;43 Austria;44 the United Kingdom;45 Denmark;46 Sweden;47 Norway
48 Poland;49 Germany;51 Peru;52 South Korea;53 Cuba;54 Argentina;55 Brazil;56 Chile;57 Colombia
58 Venezuela;60 Malaysia;61 Australia;62 Indonesia;63 the Philippines;64 New Zealand;65 Singapore
66 Thailand;73 Moldova;75 Belarus;81 Japan;85 Hong Kong;86 China;87 Bosnia and Herzegovina
90 Turkey;91 India;92 Pakistan;96 Saudi Arabia;97 the United Arab Emirates;98 Iran`;

let names: ReadonlyMap<number, string> | undefined;

/** `Norway` for 47; undefined for a number that no country has. */
export function findCountry(d: number): string | undefined {
  names ??= new Map(
    countries
      .trim()
      .split(/[;\n]/)
      .map((entry) => {
        const space = entry.indexOf(" ");
        return [Number(entry.slice(0, space)), entry.slice(space + 1)];
      }),
  );
  return names.get(d);
}
