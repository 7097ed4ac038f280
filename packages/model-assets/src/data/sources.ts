import type { RowOrigin } from "../schemas/dated-row.ts";

/** Where rows come from: the part of a row's origin that many rows share. */
export type RowSource = Pick<RowOrigin, "source" | "publisher" | "reference" | "licence" | "note">;

const OGL = "OGL-UK-3.0";
/** Laws and official decisions are free of copyright in most countries; single facts are everywhere. */
const FACTS = "facts, no licence needed";

/** The freight model that this project was built on: what it recommends without a source is assumed. */
export const FREIGHT_MODEL: RowSource = {
  source: "Gradeway freight model",
  licence: "MIT",
};

/** Figures that somebody remembered and nobody has checked yet. */
export const FROM_MEMORY: RowSource = {
  source: "From memory, not checked against a publication",
  licence: "MIT",
};

/** The note of rows of workbooks that were read in transcriptions and not in the workbook. */
const TRANSCRIBED = "Read in public transcriptions, among them themisiqco/themisiq.";

const conversionFactors = (year: number, version: string): RowSource => ({
  source: `Greenhouse gas reporting: conversion factors ${year}, full set ${version}`,
  publisher: "DESNZ",
  reference: `https://www.gov.uk/government/publications/greenhouse-gas-reporting-conversion-factors-${year}`,
  licence: OGL,
  note: TRANSCRIBED,
});

export const DESNZ_2023 = conversionFactors(2023, "v1.1");
export const DESNZ_2024 = conversionFactors(2024, "v1.1");
export const DESNZ_2025 = conversionFactors(2025, "v1");
export const DESNZ_2026 = conversionFactors(2026, "v1");

export const ROAD_FUEL_PRICES: RowSource = {
  source: "Weekly road fuel prices",
  publisher: "DESNZ",
  reference: "https://www.gov.uk/government/statistics/weekly-road-fuel-prices",
  licence: OGL,
};

export const CARBON_APPRAISAL: RowSource = {
  source: "Valuation of energy use and greenhouse gas emissions for appraisal, November 2023",
  publisher: "DESNZ",
  reference:
    "https://www.gov.uk/government/publications/valuation-of-energy-use-and-greenhouse-gas-emissions-for-appraisal",
  licence: OGL,
  note: "2022 prices; read in the CRAN package greenbook.",
};

export const UK_ETS_PENALTY: RowSource = {
  source: "UK ETS: carbon prices for use in civil penalties",
  publisher: "UK ETS Authority",
  reference: "https://swanenergy.co.uk/carbon-price-set-for-civil-penalties-in-2024/",
  licence: OGL,
  note: "As listed by Swan Energy. Road diesel is not in the scheme.",
};

export const ENVALIRA: RowSource = {
  source: "Tariffs of the Túnel d'Envalira approved by the Government of Andorra",
  publisher: "Túnel d'Envalira S.A.",
  licence: FACTS,
};

export const DART_CHARGE: RowSource = {
  source: "Dart Charge from 1 September 2025, written statement of 17 June 2025",
  publisher: "Department for Transport",
  reference: "https://www.motoringresearch.com/car-news/dartford-crossing-charge-september-2025/",
  licence: OGL,
};

export const HUMBER_BRIDGE: RowSource = {
  source: "Humber Bridge tolls",
  publisher: "Humber Bridge Board",
  reference: "https://www.highwaysmagazine.co.uk/Bell-tolls-for-Humber-Bridge-booths/14730",
  licence: FACTS,
};

export const TYNE_TUNNELS: RowSource = {
  source: "Tyne Tunnels tolls",
  publisher: "North East Combined Authority",
  licence: FACTS,
};

export const MERSEY_GATEWAY: RowSource = {
  source: "Toll charges on the Mersey Gateway and Silver Jubilee bridges from 1 April 2025",
  publisher: "Halton Borough Council",
  reference:
    "https://hbcnewsroom.co.uk/mersey-gateway-and-silver-jubilee-bridge-toll-charges-to-increase-from-april-for-first-time-in-over-seven-years",
  licence: FACTS,
  note: "The masses that part the classes follow the EU categories N1, N2 and N3.",
};

export const MERSEY_TUNNELS: RowSource = {
  source: "Mersey Tunnels: tolls valid from 1 April 2024",
  publisher: "Merseytravel",
  reference: "https://www.merseytravel.gov.uk/tunnels/tolls-fees-and-charges/",
  licence: FACTS,
  note: "Later tolls were not found.",
};

export const TAMAR_CROSSINGS: RowSource = {
  source: "Tolls of the Tamar Bridge and the Torpoint Ferry",
  publisher: "Tamar Bridge and Torpoint Ferry Joint Committee",
  reference: "https://www.tamarcrossings.org.uk/about/toll-revision-application/",
  licence: FACTS,
};

export const ITCHEN_BRIDGE: RowSource = {
  source: "Itchen Bridge toll",
  publisher: "Southampton City Council",
  reference:
    "https://www.itv.com/news/meridian/2024-02-05/southamptons-itchen-bridge-off-peak-toll-to-be-scrapped",
  licence: FACTS,
};

export const SILVERTOWN: RowSource = {
  source: "Blackwall and Silvertown tunnels charges from 7 April 2025",
  publisher: "Transport for London",
  reference: "https://londonherald.co.uk/?p=36192",
  licence: FACTS,
};

export const M6_TOLL: RowSource = {
  source: "M6toll pricing from 13 October 2023",
  publisher: "Midland Expressway Limited",
  reference: "https://www.m6toll.co.uk/pricing/",
  licence: FACTS,
  note: "With VAT.",
};

export const SEVERN: RowSource = {
  source: "End of the Severn tolls, 17 December 2018",
  publisher: "Department for Transport",
  reference: "https://www.bbc.com/news/uk-wales-46539184",
  licence: OGL,
};

export const RTRA_1984: RowSource = {
  source: "Road Traffic Regulation Act 1984, Schedule 6",
  publisher: "UK Parliament",
  reference: "https://www.legislation.gov.uk/ukpga/1984/27/schedule/6",
  licence: OGL,
};

export const NI_SPEED_LIMITS: RowSource = {
  source: "Motor Vehicles (Speed Limits) Regulations (Northern Ireland) 1989",
  reference: "SR 1989/203 with SR 2008/344",
  licence: OGL,
  note: "The schedule was not read; the limits are from memory.",
};

export const CODE_DE_LA_ROUTE: RowSource = {
  source: "Code de la route",
  publisher: "Légifrance",
  licence: FACTS,
};

export const SPANISH_TRAFFIC_CODE: RowSource = {
  source: "Reglamento General de Circulación (RD 1428/2003)",
  publisher: "Boletín Oficial del Estado",
  reference: "BOE-A-2003-23514",
  licence: FACTS,
};

export const STVO: RowSource = {
  source: "Straßenverkehrs-Ordnung",
  publisher: "Bundesministerium für Verkehr",
  reference: "https://www.gesetze-im-internet.de/stvo_2013/",
  licence: FACTS,
};

export const MONACO_TRAFFIC_CODE: RowSource = {
  source: "Ordonnance Souveraine n° 1.691 (Code de la route)",
  publisher: "Journal de Monaco",
  reference: "Ordonnance Souveraine n° 1.334 du 8 octobre 2007",
  licence: FACTS,
};

export const HGV_LEVY_ACT: RowSource = {
  source: "HGV Road User Levy Act 2013, Schedule 1",
  publisher: "UK Parliament",
  reference: "https://www.legislation.gov.uk/ukpga/2013/7/schedule/1",
  licence: OGL,
};

export const CLEAN_AIR_ZONES: RowSource = {
  source: "Clean air zones: who pays and what",
  publisher: "the local authority of the zone",
  reference: "https://www.gov.uk/guidance/driving-in-a-clean-air-zone",
  licence: OGL,
  note: "As listed in The Guardian, 27 February 2023; Portsmouth as in the BBC, 28 September 2021.",
};

export const SCOTTISH_ZONES: RowSource = {
  source: "Low emission zones of Scotland",
  publisher: "Transport Scotland",
  reference:
    "https://trans.info/en/low-emission-zones-now-fully-enforced-in-aberdeen-dundee-and-edinburgh-389361",
  licence: OGL,
  note: "The penalty doubles with every further offence within 90 days, up to 960 GBP.",
};

export const TFL_ZONES: RowSource = {
  source: "Low emission zones and Congestion Charge",
  publisher: "Transport for London",
  reference: "https://tfl.gov.uk/modes/driving/",
  licence: FACTS,
};

export const UBA_STROMMIX: RowSource = {
  source: "Spezifische Treibhausgas-Emissionen des deutschen Strommix 1990-2024",
  publisher: "Umweltbundesamt",
  reference: "https://www.knlv-missione.nrw/aktuelles/co2-emissionsfaktor-des-deutschen-strommix",
  licence: FACTS,
  note: "CO2 only, of generation.",
};

export const RTE_BILAN_2024: RowSource = {
  source: "Bilan électrique 2024, émissions",
  publisher: "RTE",
  reference: "https://analysesetdonnees.rte-france.com/index.php/bilan-electrique-2024/emissions",
  licence: FACTS,
};

export const FEDA_2024: RowSource = {
  source: "Memòria de Sostenibilitat 2024",
  publisher: "FEDA",
  reference:
    "https://www.aldia.cat/andorra/noticia-forces-electriques-dandorra-va-reduir-2024-204-petjada-carboni-respecte-2023-20250804190756.html",
  licence: FACTS,
  note: "Per kWh supplied.",
};
