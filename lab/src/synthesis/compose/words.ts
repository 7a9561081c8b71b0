import type { Random } from '@inkcast/training/random';
import { chance, pick } from '../draws.js';

/** Words of notes and letters in several languages. */
const WORDS =
  'the and of to in for with that this from have not are was but they his her which one all would there their what so up out about who get when make can like time just him know take people into year your good some could them see other than then now look only come its over think also back after use two how our work first well way even new want because any these give day most us und der die das nicht ist mit auf ein eine von zu den dem sich auch als noch wie nach bei uhr haus milch brot kartoffel garten schule le la les des une est pour dans qui que sur avec pas plus par nous vous maison jardin lait pain el los del una con por para como pero casa leche queso tiempo trabajo nie jest tak dla czy kot dom chleb che non una sono per casa tempo meeting notes buy milk eggs call mom water garden music paper coffee engine valve motor left right north sample batch result weight height notice'.split(
    ' ',
  );
const LABELS =
  'Name,Date,No.,Total,Address,City,Code,Phone,Signature,Amount,Marks,Score,Roll No.,Student ID,Subject,Class,Section,Year,Month,Day,Time,Meter reading,Serial,Order,Invoice,Quantity,Price,Unit,Remarks,Page,Account,Reference,Department,Temperature,Weight,Height,Pulse,Hours,Start,End,Team,Player,Round,Game,Points,Sum,Bonus,Result,Grade,Question,Answer,Zip,Country,Grand Total,Checked by,Approved,Name der Schule,Datum,Nummer,Summe,Punkte,Spiel,Fecha,Nombre,Cantidad,Prix,Montant,Quantité,Nom,Kwota,Data,Numer,Ulica'.split(
    ',',
  );

export function word(random: Random): string {
  const drawn = pick(random, WORDS);
  if (chance(random, 0.04)) return drawn.toUpperCase();
  return chance(random, 0.1) ? drawn[0].toUpperCase() + drawn.slice(1) : drawn;
}

export function words(count: number, random: Random): string[] {
  return Array.from({ length: count }, () => word(random));
}

/** The label of a field in a form. */
export function fieldLabel(random: Random): string {
  const drawn = pick(random, LABELS);
  return chance(random, 0.2) ? drawn.toUpperCase() : drawn;
}

/** A number as people write them: mostly short. */
export function number(most: number, random: Random): string {
  const length = 1 + Math.min(random.integer(most), random.integer(most));
  return Array.from({ length }, () => String(random.integer(10))).join('');
}
