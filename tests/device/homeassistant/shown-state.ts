import { Template } from '@huggingface/jinja';
import type { Component } from '@inkcast/device/homeassistant';

/**
 * The state that Home Assistant shows of a message; null where it is not known. As its MQTT and sensor components have
 * it: a unit, a state class or a device class means that the state is a number.
 *
 * @throws where it refuses the state
 */
export function shownState(sensor: Component, message: object): string | null {
  const template = new Template(String(sensor.value_template));
  const state = template.render({ value_json: JSON.parse(JSON.stringify(message)) });
  const isNumber = ['unit_of_measurement', 'state_class', 'device_class'].some((option) => option in sensor);
  if (isNumber && state === 'None') return null;
  if (isNumber && !/^-?\d+(\.\d+)?$/.test(state)) throw new Error(`the non-numeric value: '${state}'`);
  if (state.length > 255) throw new Error('a state has at most 255 characters');
  return state;
}
