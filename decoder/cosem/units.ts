/** Units: codes of `unit` in scaler_unit. IEC 62056-6-2, Register, enumerated values for physical units. */

export interface Unit {
  readonly code: number;
  /** `Wh`, `m³`, `°C`; empty for a count. */
  readonly symbol: string;
  /** `watt-hour`. */
  readonly name: string;
  /** What is measured: `active energy`. */
  readonly quantity: string;
}

/** Lines `code|symbol|name|quantity`. From 128 on, units outside the SI: DLMS UA 1000-1, Blue Book. */
const lines = `
1|a|year|time
2|mo|month|time
3|wk|week|time
4|d|day|time
5|h|hour|time
6|min|minute|time
7|s|second|time
8|°|degree|(phase) angle
9|°C|degree Celsius|temperature
10|currency|local currency|currency
11|m|metre|length
12|m/s|metre per second|speed
13|m³|cubic metre|volume
14|m³|cubic metre|corrected volume
15|m³/h|cubic metre per hour|volume flux
16|m³/h|cubic metre per hour|corrected volume flux
17|m³/d|cubic metre per day|volume flux
18|m³/d|cubic metre per day|corrected volume flux
19|l|litre|volume
20|kg|kilogram|mass
21|N|newton|force
22|Nm|newton metre|energy
23|Pa|pascal|pressure
24|bar|bar|pressure
25|J|joule|energy
26|J/h|joule per hour|thermal power
27|W|watt|active power
28|VA|volt-ampere|apparent power
29|var|var|reactive power
30|Wh|watt-hour|active energy
31|VAh|volt-ampere-hour|apparent energy
32|varh|var-hour|reactive energy
33|A|ampere|current
34|C|coulomb|electrical charge
35|V|volt|voltage
36|V/m|volt per metre|electric field strength
37|F|farad|capacitance
38|Ω|ohm|resistance
39|Ωm²/m|ohm square metre per metre|resistivity
40|Wb|weber|magnetic flux
41|T|tesla|magnetic flux density
42|A/m|ampere per metre|magnetic field strength
43|H|henry|inductance
44|Hz|hertz|frequency
45|1/Wh|per watt-hour|active energy meter constant or pulse value
46|1/varh|per var-hour|reactive energy meter constant or pulse value
47|1/VAh|per volt-ampere-hour|apparent energy meter constant or pulse value
48|V²h|volt-squared hour|volt-squared hours
49|A²h|ampere-squared hour|ampere-squared hours
50|kg/s|kilogram per second|mass flux
51|S|siemens|conductance
52|K|kelvin|temperature
53|1/V²h|per volt-squared hour|volt-squared hour meter constant or pulse value
54|1/A²h|per ampere-squared hour|ampere-squared hour meter constant or pulse value
55|1/m³|per cubic metre|volume meter constant or pulse value
56|%|percent|percentage
57|Ah|ampere-hour|electrical charge
60|Wh/m³|watt-hour per cubic metre|energy per volume
61|J/m³|joule per cubic metre|calorific value, Wobbe number
62|mol %|mole percent|molar fraction of gas composition
63|g/m³|gram per cubic metre|mass density
64|Pa s|pascal second|dynamic viscosity
65|J/kg|joule per kilogram|specific energy
66|g/cm²|gram per square centimetre|pressure
67|atm|atmosphere|pressure
70|dBm|decibel-milliwatt|signal strength
71|dBµV|decibel-microvolt|signal strength
72|dB|decibel|logarithmic ratio
128|in|inch|length
129|ft|foot|length
130|lb|pound|mass
131|°F|degree Fahrenheit|temperature
132|°R|degree Rankine|temperature
133|in²|square inch|area
134|ft²|square foot|area
135|ac|acre|area
136|in³|cubic inch|volume
137|ft³|cubic foot|volume
138|ac ft|acre-foot|volume
139|gal (imp)|imperial gallon|volume
140|gal (US)|US gallon|volume
141|lbf|pound-force|force
142|psi|pound-force per square inch|pressure
143|lb/ft³|pound per cubic foot|density
144|lb/(ft s)|pound per foot-second|dynamic viscosity
145|ft²/s|square foot per second|kinematic viscosity
146|Btu|British thermal unit|energy
147|thm (EC)|therm (EC)|energy
148|thm (US)|therm (US)|energy
149|Btu/lb|British thermal unit per pound|specific energy
150|Btu/ft³|British thermal unit per cubic foot|calorific value
151|ft³|cubic foot|volume
152|ft/s|foot per second|speed
153|ft³/s|cubic foot per second|volume flux
154|ft³/min|cubic foot per minute|volume flux
155|ft³/h|cubic foot per hour|volume flux
156|ft³/d|cubic foot per day|volume flux
157|ac ft/s|acre-foot per second|volume flux
158|ac ft/min|acre-foot per minute|volume flux
159|ac ft/h|acre-foot per hour|volume flux
160|ac ft/d|acre-foot per day|volume flux
161|gal (imp)|imperial gallon|volume
162|gal (imp)/s|imperial gallon per second|volume flux
163|gal (imp)/min|imperial gallon per minute|volume flux
164|gal (imp)/h|imperial gallon per hour|volume flux
165|gal (imp)/d|imperial gallon per day|volume flux
166|gal (US)|US gallon|volume
167|gal (US)/s|US gallon per second|volume flux
168|gal (US)/min|US gallon per minute|volume flux
169|gal (US)/h|US gallon per hour|volume flux
170|gal (US)/d|US gallon per day|volume flux
171|Btu/s|British thermal unit per second|power
172|Btu/min|British thermal unit per minute|power
173|Btu/h|British thermal unit per hour|power
174|Btu/d|British thermal unit per day|power
254|other|other unit|other
255||no unit|count`;

let table: ReadonlyMap<number, Unit> | undefined;

/** The unit with that code; undefined for a reserved one. */
export function findUnit(code: number): Unit | undefined {
  return units().get(code);
}

/** All units by ascending code. */
export function listUnits(): readonly Unit[] {
  return [...units().values()];
}

function units(): ReadonlyMap<number, Unit> {
  table ??= new Map(
    lines
      .trim()
      .split("\n")
      .map((line) => {
        const [code = "", symbol = "", name = "", quantity = ""] = line.split("|");
        return [Number(code), { code: Number(code), symbol, name, quantity }];
      }),
  );
  return table;
}
