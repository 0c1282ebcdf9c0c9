CREATE TRIGGER face_decision_is_new BEFORE INSERT ON face_decision
  FOR EACH ROW EXECUTE FUNCTION consent_event_new();

CREATE TRIGGER face_decision_never_changes BEFORE UPDATE ON face_decision
  FOR EACH ROW EXECUTE FUNCTION people_refuse();
