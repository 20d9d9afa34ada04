package meower.command.access;

import org.springframework.stereotype.Component;

/** Which programs there are, for whoever holds on to one. */
@Component
public class KnownPrograms {

  private final Programs programs;

  KnownPrograms(Programs programs) {
    this.programs = programs;
  }

  /**
   * Tells whether there is a program of this name, now.
   *
   * @throws org.springframework.dao.DataAccessException if nobody can say
   */
  public boolean exists(String program) {
    return programs.find(program).isPresent();
  }
}
