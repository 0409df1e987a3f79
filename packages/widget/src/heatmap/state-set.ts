/** Custom states of an element by name, set as a whole. */
export class StateSet {
  readonly #states: CustomStateSet;

  constructor(states: CustomStateSet) {
    this.#states = states;
  }

  /** Turns each named state on or off. */
  set(states: Readonly<Record<string, boolean>>): void {
    for (const [name, isOn] of Object.entries(states)) {
      if (isOn) this.#states.add(name);
      else this.#states.delete(name);
    }
  }
}
