# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command"]
WORKDIR app
COPY app\ C:\app\
RUN Invoke-WebRequest https://example.com/setup.exe -OutFile setup.exe; `
    Start-Process .\setup.exe -Wait; `
    Remove-Item setup.exe
USER ContainerUser
CMD C:\app\server.exe --urls http://*:5000
