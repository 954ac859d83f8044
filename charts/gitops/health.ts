/**
 * Health of an Application, in the Lua of Argo CD (5.1, without string library). Argo CD has none of its own since 1.8, so that a wave
 * would not wait. Healthy needs both: an Application of objects without health is Healthy before its first sync has begun.
 * Degraded fails the root's sync, which is then retried; every other state makes the wave wait. A retry that is still to come counts as
 * Running, so Failed and Error are final. A manual Application that nobody synced yet is Suspended, not stuck in Progressing.
 */
export const applicationHealthScript = `local result = { status = "Progressing", message = "waiting for the first sync" }
local status = obj.status or {}
local last = status.operationState
local policy = obj.spec ~= nil and obj.spec.syncPolicy or nil
local automated = policy ~= nil and policy.automated ~= nil and policy.automated.enabled ~= false
if last == nil then
  if not automated and obj.operation == nil then
    result = { status = "Suspended", message = "waiting for a manual sync" }
  end
elseif last.phase == "Failed" or last.phase == "Error" then
  result = { status = "Degraded", message = "last sync " .. last.phase .. ": " .. (last.message or "") }
elseif last.phase == "Succeeded" then
  local health = status.health or {}
  result.message = health.message or ""
  if health.status == "Healthy" or health.status == "Degraded" or health.status == "Suspended" or health.status == "Missing" then
    result.status = health.status
  end
else
  result.message = last.message or ""
end
return result
`;
